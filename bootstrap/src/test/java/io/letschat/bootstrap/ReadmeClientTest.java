package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that README.md shows, as somebody pastes it. */
class ReadmeClientTest {
  private static final Pattern CLIENT =
      Pattern.compile("## Write a client\n+```js\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void the_client_of_the_readme_runs_as_pasted_the_first_time_and_again() throws Exception {
    Path home = NodePackages.installed(folder);
    String readme = Files.readString(Path.of("..", "README.md"));
    String client = CLIENT.matcher(readme).results().findFirst().orElseThrow().group(1);
    try (var chat = ChatProcess.start(Files.createDirectory(folder.resolve("chat")), Map.of())) {
      String pasted = client.replace("http://localhost:4000", chat.address());
      assertThat(pasted).isNotEqualTo(client);
      Files.writeString(home.resolve("chat.mjs"), pasted);

      assertThat(run(home)).contains("1 in tea kitchen, 0 said", "ada Hello!");
      assertThat(run(home)).contains("1 in tea kitchen, 1 said", "ada Hello!");
    }
  }

  /** What it says until somebody has said hello; by itself it listens for ever. */
  private static String run(Path home) throws Exception {
    Path output = Files.createTempFile(home, "output", "");
    Process node =
        new ProcessBuilder("node", "chat.mjs")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () -> !node.isAlive() || text(output).contains("Hello!"),
          () -> text(output));
      return text(output);
    } finally {
      node.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
