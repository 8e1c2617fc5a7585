package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code mvnw}, with a Maven that only says on which JDK it was started. */
class MavenWrapperTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path FINDER = Path.of(".mvn", "find-jdk");
  private static final String URL =
      "https://maven.example/org/apache/maven/apache-maven-3.9.16-bin.zip";

  @TempDir Path temporary;

  @BeforeEach
  void make_a_small_repository() throws IOException {
    Files.createDirectories(home().resolve(".mvn/wrapper"));
    Files.copy(REPOSITORY.resolve("mvnw"), home().resolve("mvnw"));
    Files.copy(REPOSITORY.resolve(FINDER), home().resolve(FINDER));
    Files.writeString(
        home().resolve(".mvn/wrapper/maven-wrapper.properties"), "distributionUrl=" + URL + "\n");
    program(
        temporary
            .resolve("wrapper/dists/apache-maven-3.9.16")
            .resolve(Integer.toHexString(URL.hashCode()))
            .resolve("bin/mvn"),
        "echo \"Maven on $JAVA_HOME: $*\"\n");
  }

  @Test
  void maven_runs_on_the_jdk_that_the_launcher_takes_though_the_first_java_is_old()
      throws Exception {
    Path old = jdk("old jdk", "17.0.15");
    String taken = run(old, "sh", "a clone/.mvn/find-jdk", "25").strip();
    assertThat(taken).isNotEmpty().isNotEqualTo(old.toString());
    assertThat(run(old, "sh", "a clone/mvnw", "verify"))
        .isEqualTo("Maven on " + taken + ": verify\n");
  }

  @Test
  void a_jdk_that_is_good_enough_is_kept() throws Exception {
    Path mine = jdk("my jdk", "26");
    assertThat(run(mine, "sh", "a clone/mvnw", "-v")).isEqualTo("Maven on " + mine + ": -v\n");
  }

  @Test
  void a_missing_jdk_is_said_in_one_sentence() throws Exception {
    Files.writeString(home().resolve(FINDER), "exit 1\n");
    assertThat(run(jdk("old jdk", "17.0.15"), "sh", "a clone/mvnw", "verify"))
        .isEqualTo(
            "mvnw: LetsChat needs a JDK 25 or newer to build; install one (for example Temurin 25)"
                + " or point JAVA_HOME to it.\n");
  }

  /** What the command says where JAVA_HOME and the first {@code java} on the path are this one. */
  private String run(Path jdk, String... words) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(words)).directory(temporary.toFile()).redirectErrorStream(true);
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().put("PATH", jdk.resolve("bin") + ":" + path);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("MAVEN_USER_HOME", temporary.toString());
    builder.environment().remove("MVNW_REPOURL");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private Path jdk(String folder, String version) throws IOException {
    Path jdk = temporary.resolve(folder);
    program(jdk.resolve("bin/java"), "");
    program(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Path home() {
    return temporary.resolve("a clone");
  }

  private static void program(Path file, String script) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
