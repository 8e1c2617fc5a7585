package io.letschat.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, run as its reader runs it. */
class ExampleTest {
  @TempDir Path temporary;

  @Test
  void the_example_writes_backs_up_loses_restores_and_reads() throws Exception {
    Process example =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Example.class.getName(),
                temporary.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said =
        new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("process \\d+", "process N");
    assertThat(example.waitFor()).isZero();
    assertThat(said)
        .isEqualTo(
            """
            written, PostgreSQL is process N
            1 in the backup
            1 restored
            I was here
            """);
  }
}
