package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that run as root show here that an ordinary user can start too; the others show it anyway.
 */
@Tag("long")
class OrdinaryUserTest {
  private static final int NOBODY = 65534;

  @TempDir Path temporary;

  @BeforeEach
  void become_somebody_else_only_as_root() throws IOException {
    assumeTrue(PostgresCommands.isRoot(), "only root can start a program as another user");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(home());
    Files.setAttribute(home(), "unix:uid", NOBODY);
  }

  @Test
  void an_ordinary_user_starts_and_root_does_not_touch_what_is_theirs() throws Exception {
    List<String> asNobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    Path data = home().resolve("data");
    String classPath = readableClassPath();
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(
            asNobody, classPath, GUESTBOOK, data, data.resolve("postgres"))) {
      PostgresTestProgram.Running running = postgresTestProgram.awaitReady();
      assertThat(Sql.value(running.address(), "select 1")).isEqualTo("1");
      assertThat(Files.getAttribute(Path.of("/proc/" + running.pid()), "unix:uid"))
          .isEqualTo(NOBODY);
    }
    assertThatThrownBy(() -> EmbeddedPostgres.start(GUESTBOOK, data, TestFork.BINARIES))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("Start Guestbook as that user");
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(
            asNobody, classPath, GUESTBOOK, data, data.resolve("postgres"))) {
      postgresTestProgram.awaitReady();
    }
  }

  private Path home() {
    return temporary.resolve("home");
  }

  /** A copy of the class path where everybody may read it. */
  private String readableClassPath() throws IOException {
    Path copies = Files.createDirectory(temporary.resolve("class path"));
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path from = Path.of(entry);
      Path to = copies.resolve(number++ + "-" + from.getFileName());
      if (Files.isDirectory(from)) {
        copyTree(from, to);
      } else if (Files.exists(from)) {
        Files.copy(from, to);
      }
    }
    makeReadable(copies);
    try (Stream<Path> entries = Files.list(copies)) {
      return entries
          .sorted(Comparator.comparing(Path::toString))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void makeReadable(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
