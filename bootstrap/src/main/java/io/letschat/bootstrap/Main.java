package io.letschat.bootstrap;

import io.letschat.bootstrap.lifecycle.LetsChatServer;
import io.letschat.bootstrap.lifecycle.ListeningPort;
import io.letschat.bootstrap.lifecycle.StartChecks;
import io.letschat.bootstrap.lifecycle.StopSignals;
import io.letschat.bootstrap.logging.Logging;
import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsReader;
import io.letschat.bootstrap.settings.SettingsRefused;
import io.letschat.bootstrap.settings.Version;
import io.letschat.bootstrap.wiring.Counted;
import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.persistence.postgres.migration.DatabaseRefused;
import io.letschat.persistence.postgres.migration.MigrationRefused;
import io.letschat.persistence.postgres.migration.Migrations;
import io.letschat.persistence.postgres.migration.NewMigration;
import io.letschat.web.WebModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line. Exit code 0: done; 1: it did not work, and a sentence says why; 2: the words
 * ask for nothing that there is, and a sentence says what could be meant.
 */
public final class Main {
  private static final Path SOURCES = Path.of("adapters-persistence/src/main/resources/db");
  private static final Path WEB_SOURCES = Path.of("adapters-web");
  private final SecureRandom random = new SecureRandom();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Main().run(List.of(arguments)));
  }

  private int run(List<String> words) {
    try {
      return switch (CommandLine.parse(words)) {
        case CommandLine.Serve _ -> serve(settings(), new WebModule());
        case CommandLine.Dev _ -> develop();
        case CommandLine.Migrate _ -> migrate();
        case CommandLine.Rollback(var yes) -> rollback(yes);
        case CommandLine.Create(var name) -> create(name);
        case CommandLine.Backup(var file) -> backup(file);
        case CommandLine.Restore(var file) -> restore(file);
        case CommandLine.Version _ -> say("LetsChat " + Version.current());
        case CommandLine.Help _ -> say(CommandLine.HELP);
      };
    } catch (CommandLine.UsageError e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (SettingsRefused | MigrationRefused | DatabaseRefused | PostgresUnavailable e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (IOException | UncheckedIOException e) {
      System.err.println("LetsChat cannot go on: " + sentence(e));
      return 1;
    }
  }

  private int develop() throws SettingsRefused, IOException {
    Settings settings = settings();
    if (settings.production()) {
      throw new SettingsRefused(
          List.of("NODE_ENV: dev is for development, where NODE_ENV is not production."));
    }
    if (!Files.isDirectory(WEB_SOURCES) || ToolProvider.getSystemJavaCompiler() == null) {
      System.err.println("dev needs the sources of LetsChat in this folder, and a JDK.");
      return 1;
    }
    return serve(settings, WebModule.reloading(WEB_SOURCES));
  }

  private int serve(Settings settings, WebModule pages) throws SettingsRefused, IOException {
    Logging.begin(settings.log());
    Logger log = LoggerFactory.getLogger(Main.class);
    settings.unread().forEach(log::warn);
    if (!settings.production() && !settings.bind().getAddress().isLoopbackAddress()) {
      log.warn(
          "development, and others than this machine can reach it: set NODE_ENV=production, or leave"
              + " HOST out");
    }
    StartChecks.run(settings);
    var program = new LetsChatServer(random);
    var stopped = new CountDownLatch(1);
    var said = new AtomicBoolean();
    // Before anything is opened: Ctrl-C while it starts leaves nothing running either.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!said.get()) {
                    log.info("stopping");
                  }
                  program.close();
                  if (!said.get()) {
                    log.info("stopped");
                  }
                  stopped.countDown();
                },
                "letschat-stop"));
    var heard = new AtomicBoolean();
    StopSignals.hear(number -> {
      if (heard.getAndSet(true)) {
        log.info("forced shutdown");
        program.force();
      } else {
        System.exit(128 + number);
      }
    });
    try {
      program.start(settings, pages);
    } catch (IOException | RuntimeException e) {
      // What is wrong shall be the last that is said.
      said.set(true);
      if (e.getCause() instanceof SocketException taken) {
        throw ListeningPort.refused(settings.bind(), taken);
      }
      throw e;
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private int migrate() throws SettingsRefused, IOException {
    return withDatabase(database -> {
      int applied = new Migrations(database).migrate();
      return say(
          applied == 0
              ? "The database is up to date."
              : Counted.of(applied, "migration") + " applied.");
    });
  }

  private int rollback(boolean yes) throws SettingsRefused, IOException {
    boolean embedded = settings().database().isEmpty();
    return withDatabase(database -> {
      var migrations = new Migrations(database);
      return new RollbackCommand(
              migrations::planRollback, migrations::rollback, Terminal.system(), embedded)
          .run(yes);
    });
  }

  private static int create(String name) {
    NewMigration made = NewMigration.create(SOURCES, name);
    return say(made.script() + "\n" + made.undo());
  }

  private int backup(Path file) throws SettingsRefused, IOException {
    long rows = EmbeddedDatabase.backup(embeddedData("pg_dump"), file);
    return say("The backup is in " + file + ": " + Counted.of(rows, "row") + ".");
  }

  private int restore(Path file) throws SettingsRefused, IOException {
    long rows = EmbeddedDatabase.restore(embeddedData("pg_restore"), file);
    return say("Restored " + Counted.of(rows, "row") + " from " + file + ".");
  }

  /** The data folder, unless the database is one that others look after. */
  private Path embeddedData(String theirTool) throws SettingsRefused, IOException {
    Settings settings = settings();
    Logging.begin(settings.log());
    if (settings.database().isPresent()) {
      throw new SettingsRefused(
          List.of(
              "DATABASE_URL: this command is for the embedded database; for your own PostgreSQL use "
                  + theirTool
                  + "."));
    }
    return settings.dataDir();
  }

  private interface Work {
    int on(DataSource database);
  }

  private int withDatabase(Work work) throws SettingsRefused, IOException {
    Settings settings = settings();
    Logging.begin(settings.log());
    if (settings.database().isPresent()) {
      return work.on(Database.unpooled(settings.database().get()));
    }
    try (EmbeddedPostgres postgres = EmbeddedDatabase.start(settings.dataDir())) {
      return work.on(Database.unpooled(postgres.address()));
    }
  }

  private Settings settings() throws SettingsRefused, IOException {
    return SettingsReader.read(System.getenv(), Path.of(""), random);
  }

  private static int say(String text) {
    System.out.println(text);
    return 0;
  }

  private static String sentence(Exception e) {
    Exception failure =
        e instanceof UncheckedIOException && e.getCause() instanceof IOException io ? io : e;
    String cause = failure.getCause() == null ? "" : " (" + failure.getCause().getMessage() + ")";
    String what =
        failure instanceof FileSystemException ? failure.toString() : failure.getMessage();
    return what + cause;
  }
}
