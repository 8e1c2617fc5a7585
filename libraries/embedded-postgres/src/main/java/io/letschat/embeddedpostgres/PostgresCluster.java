package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that PostgreSQL keeps the data in. They are made under another name and get theirs when
 * they are complete, so that what is called {@code cluster} is always whole; this class never
 * deletes it.
 */
final class PostgresCluster {
  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
  private static final String UNFINISHED = "initdb-";

  private final DataFolder folder;
  private final PostgresBinaries postgresBinaries;
  private final Product product;

  PostgresCluster(DataFolder folder, PostgresBinaries postgresBinaries) {
    this.folder = folder;
    this.postgresBinaries = postgresBinaries;
    this.product = folder.product();
  }

  Path path() {
    return folder.cluster();
  }

  /**
   * Makes the cluster where there is none, and says what is wrong with one that these programs
   * cannot use.
   */
  void prepare() {
    try {
      for (Path unfinished : folder.named(UNFINISHED)) {
        DurableFiles.deleteTree(unfinished);
      }
      if (isAbsent()) {
        create();
        return;
      }
    } catch (IOException e) {
      throw product.failure("make " + path(), path(), e);
    }
    refuseWhatCannotBeUsed();
    if (folder.superuserPassword().read().isEmpty()) {
      replaceSuperuserPassword();
    }
  }

  private boolean isAbsent() throws IOException {
    if (!Files.exists(path())) {
      return true;
    }
    try (Stream<Path> children = Files.list(path())) {
      return children.findAny().isEmpty();
    }
  }

  private void create() throws IOException {
    PasswordFile password = folder.superuserPassword();
    log.info("Making the database in {} (only once)", path());
    Path fresh = folder.root().resolve(UNFINISHED + UUID.randomUUID());
    // Also when it is there already: initdb takes the line as it stands.
    password.write(password.readOrMake());
    // C.UTF-8 of PostgreSQL's own: an index stays right when the folder moves to a machine with
    // other locales.
    PostgresCommands.Result result =
        PostgresCommands.run(
            folder.root(),
            List.of(
                postgresBinaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=postgres",
                "--pwfile=" + password.path(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"),
            "");
    if (result.exitCode() != 0) {
      DurableFiles.deleteTree(fresh);
      throw failed("make the database in " + path(), result);
    }
    DurableFiles.moveForGood(fresh, path());
  }

  private void refuseWhatCannotBeUsed() {
    Path version = path().resolve("PG_VERSION");
    if (!Files.isRegularFile(version)
        || !Files.isRegularFile(path().resolve("global/pg_control"))) {
      throw new PostgresUnavailable(
          path()
              + " is not a complete PostgreSQL cluster. It is left as it is: move it away and restore a backup, or put"
              + " the missing files back.");
    }
    try {
      String found = Files.readString(version).strip();
      if (!found.equals(postgresBinaries.major())) {
        throw new PostgresUnavailable(
            "The data in "
                + path()
                + " are of PostgreSQL "
                + found
                + ", this "
                + product.name()
                + " brings "
                + postgresBinaries.major()
                + ". To carry them over: run `"
                + product.command()
                + " backup FILE` with the "
                + product.name()
                + " that wrote them, move "
                + folder.root()
                + " away, and run `"
                + product.command()
                + " restore FILE` with this one.");
      }
      if (!Objects.equals(Files.getAttribute(path(), "unix:uid"), PostgresCommands.userId())) {
        throw new PostgresUnavailable(
            path()
                + " belongs to the user "
                + Files.getOwner(path()).getName()
                + ". Start "
                + product.name()
                + " as that user.");
      }
    } catch (IOException e) {
      throw product.failure("read " + path(), path(), e);
    }
  }

  /** Whoever owns the files can open them without a password, by PostgreSQL's single-user mode. */
  private void replaceSuperuserPassword() {
    log.warn(
        "{} is gone; the embedded PostgreSQL gets a new one", folder.superuserPassword().path());
    String password = PasswordFile.generate();
    OrphanProcesses.forgetStalePid(folder);
    PostgresCommands.Result result =
        PostgresCommands.run(
            folder.root(),
            List.of(
                postgresBinaries.program("postgres"),
                "--single",
                "-D",
                path().toString(),
                "postgres"),
            "alter role postgres password '" + password + "'\n");
    if (result.exitCode() != 0 || result.output().contains("ERROR")) {
      throw failed("set a new password", result);
    }
    folder.superuserPassword().write(password);
  }

  private PostgresUnavailable failed(String whatWasTried, PostgresCommands.Result result) {
    if (PostgresUnavailable.saysDiskFull(result.output())) {
      return folder.diskFull();
    }
    String asRoot =
        PostgresCommands.isRoot()
            ? " As root it needs user namespaces (`unshare --user`) and a "
                + product.dataDirSetting()
                + " that every user may enter; or start "
                + product.name()
                + " as an ordinary user."
            : "";
    return new PostgresUnavailable(
        "The embedded PostgreSQL could not "
            + whatWasTried
            + "."
            + asRoot
            + " It said: "
            + result.output().strip());
  }
}
