package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code letschat}, with a JDK and a Maven that only say what they were asked. */
class LauncherTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String TOOLS =
      "sh cat dirname find grep head mkdir mv readlink rm sed tee touch";

  @TempDir Path temporary;

  private record Run(int exitCode, String output, long pid) {}

  @BeforeEach
  void make_a_small_repository() throws IOException {
    Files.createDirectories(home().resolve(".mvn"));
    Files.copy(REPOSITORY.resolve("letschat"), home().resolve("letschat"));
    Files.copy(REPOSITORY.resolve(".mvn/find-jdk"), home().resolve(".mvn/find-jdk"));
    write(home().resolve("pom.xml"), "");
    write(home().resolve("domain/pom.xml"), "");
    write(home().resolve("domain/src/main/java/A.java"), "");
    write(
        home().resolve("mvnw"),
        """
        echo "[INFO] Building LetsChat domain 0.1.0-SNAPSHOT   [2/7]"
        echo built >>builds
        [ ! -e broken ] || { echo "[ERROR] A.java does not compile"; exit 1; }
        mkdir -p bootstrap/target && touch bootstrap/target/letschat.jar
        """);
    program(
        jdk().resolve("bin/java"),
        """
        echo "pid $$"
        for word; do echo "<$word>"; done
        """);
    program(jdk().resolve("bin/javac"), "");
    write(jdk().resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
  }

  @Test
  void the_first_start_builds_says_so_and_becomes_the_program() throws Exception {
    Run run = launch(home(), "./letschat");
    assertThat(run.output())
        .contains("the first time takes some minutes")
        .contains("[2/7] LetsChat domain")
        .contains("<-jar>\n<bootstrap/target/letschat.jar>\n")
        .contains("pid " + run.pid());
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void it_builds_again_only_when_a_source_is_newer() throws Exception {
    launch(home(), "./letschat");
    launch(home(), "./letschat");
    assertThat(builds()).isEqualTo(1);
    makeNewer("domain/src/main/java/A.java");
    assertThat(launch(home(), "./letschat").output()).contains("the sources have changed");
    assertThat(builds()).isEqualTo(2);
    makeNewer("domain/pom.xml");
    launch(home(), "./letschat");
    assertThat(builds()).isEqualTo(3);
    write(home().resolve("domain/target/generated"), "");
    write(home().resolve("domain/src/test/java/ATest.java"), "");
    makeNewer("domain/target/generated");
    launch(home(), "./letschat");
    makeNewer("domain/src/test/java/ATest.java");
    launch(home(), "./letschat");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void a_build_that_fails_says_why_and_nothing_is_started() throws Exception {
    write(home().resolve("broken"), "");
    Run failed = launch(home(), "./letschat");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.output())
        .contains("A.java does not compile")
        .contains("the build failed")
        .contains("build.log")
        .doesNotContain("pid ");
    Files.delete(home().resolve("broken"));
    assertThat(launch(home(), "./letschat").exitCode()).isZero();
  }

  @Test
  void it_works_through_a_link_and_from_another_folder() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("else where"));
    Files.createSymbolicLink(temporary.resolve("link"), Path.of("my chat", "letschat"));
    Files.createSymbolicLink(elsewhere.resolve("lc"), Path.of("..", "link"));
    Run run = launch(elsewhere, "./lc", "migrate", "create", "two words");
    assertThat(run.output()).endsWith("<migrate>\n<create>\n<two words>\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_file_is_meant_from_where_the_caller_stands() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("else where"));
    String launcher = home().resolve("letschat").toString();
    assertThat(launch(elsewhere, launcher, "backup", "a file").output())
        .endsWith("<backup>\n<" + elsewhere.toRealPath() + "/a file>\n");
    assertThat(launch(elsewhere, launcher, "restore", "/b").output()).endsWith("<restore>\n</b>\n");
  }

  @Test
  void an_older_jdk_is_not_taken() throws Exception {
    write(jdk().resolve("release"), "JAVA_VERSION=\"24.0.2\"\n");
    Run found = launch(home(), "sh", ".mvn/find-jdk", "25");
    assertThat(found.output()).doesNotContain(jdk().toString());
    write(jdk().resolve("release"), "JAVA_VERSION=\"25\"\n");
    assertThat(launch(home(), "sh", ".mvn/find-jdk", "25").output().strip())
        .isEqualTo(jdk().toString());
    Run none = launch(home(), "sh", ".mvn/find-jdk", "999");
    assertThat(none.output()).isEmpty();
    assertThat(none.exitCode()).isEqualTo(1);
  }

  @Test
  void a_runtime_without_a_compiler_runs_what_is_built() throws Exception {
    launch(home(), "./letschat");
    Files.delete(jdk().resolve("bin/javac"));
    assertThat(launch(home(), "./letschat").exitCode()).isZero();
    assertThat(launch(home(), "sh", ".mvn/find-jdk", "25", "jre").output().strip())
        .isEqualTo(jdk().toString());
  }

  @Test
  void without_sources_as_in_the_image_it_runs_what_is_there() throws Exception {
    Path image = temporary.resolve("image");
    Files.createDirectories(image.resolve(".mvn"));
    Files.copy(home().resolve("letschat"), image.resolve("letschat"));
    Files.copy(home().resolve(".mvn/find-jdk"), image.resolve(".mvn/find-jdk"));
    write(image.resolve("bootstrap/target/letschat.jar"), "");
    write(image.resolve("bootstrap/target/built"), "");
    Run run = launch(temporary, "image/letschat", "version");
    assertThat(run.output()).endsWith("<version>\n").doesNotContain("building");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_missing_npm_is_said_before_the_build() throws Exception {
    write(home().resolve("adapters-web/src/main/frontend/package.json"), "{}");
    Run run = launch(home(), "./letschat");
    assertThat(run.output()).contains("needs Node.js 20 or newer with npm");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(home().resolve("builds")).doesNotExist();
  }

  private Run launch(Path folder, String... words) throws IOException {
    Process process = launcher(folder, List.of(words)).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.onExit().join().exitValue(), output, process.pid());
  }

  private ProcessBuilder launcher(Path folder, List<String> words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(words))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", onlyTools().toString());
    builder.environment().put("HOME", temporary.toString());
    builder.environment().put("JAVA_HOME", jdk().toString());
    return builder;
  }

  /** The tools that every POSIX system has, and nothing else. */
  private Path onlyTools() throws IOException {
    Path tools = temporary.resolve("tools");
    if (Files.notExists(tools)) {
      Files.createDirectory(tools);
      for (String tool : TOOLS.split(" ")) {
        Path here = Path.of("/bin", tool);
        Path there = Files.exists(here) ? here : Path.of("/usr/bin", tool);
        program(tools.resolve(tool), "exec " + there + " \"$@\"\n");
      }
    }
    return tools;
  }

  private long builds() throws IOException {
    return Files.readAllLines(home().resolve("builds")).size();
  }

  /**
   * Makes this file newer than the last build and all others older, whatever the clock's
   * resolution.
   */
  private void makeNewer(String file) throws IOException {
    Path built = home().resolve("bootstrap/target/built");
    Instant lastBuild = Files.getLastModifiedTime(built).toInstant();
    try (Stream<Path> all = Files.walk(home())) {
      for (Path other : all.filter(path -> !path.equals(built)).toList()) {
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
      }
    }
    Files.setLastModifiedTime(home().resolve(file), FileTime.from(lastBuild.plusSeconds(2)));
  }

  private Path home() {
    return temporary.resolve("my chat");
  }

  private Path jdk() {
    return temporary.resolve("my jdk");
  }

  private static void program(Path file, String script) throws IOException {
    write(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
