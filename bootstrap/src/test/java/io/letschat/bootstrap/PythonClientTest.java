package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ClientProcess;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Python's handlers take exactly the arguments that they name, and an event with more is thrown
 * away. Its WebSockets do not say whose they are, so they once were taken for JavaScript's, got an
 * offset with each message, and heard nothing. Skipped without python-socketio, unless {@code
 * LETSCHAT_REQUIRE_PYTHON} is set.
 */
class PythonClientTest {
  private static final String NEEDED = "import socketio, requests, websocket, aiohttp";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "upgrade", "asyncio"})
  void a_client_of_python_talks_unchanged(String kind) throws Exception {
    Path python = python();
    try (var chat = MemoryChat.start(folder, Map.of())) {
      Visitor ada = chat.signsUp("ada");
      Visitor bob = chat.signsUp("bob");
      long room = chat.enters(ada, "tea");
      chat.enters(bob, "tea");

      try (var bobs = ClientProcess.python(python, bob, room, kind)) {
        chat.says(ada, room, "hello Python");

        AwaitInProgram.until(() -> bobs.all("heard").size() == 2, bobs::toString);
        assertThat(bobs.all("heard").stream().map(JsonNode::asText))
            .containsExactly("it is Python", "hello Python");
        assertThat(bobs.all("failed")).isEmpty();
      }
    }
  }

  /** Debian's packages are seen by Debian's Python alone, which may not be the first one. */
  private static Path python() throws Exception {
    List<Path> installed =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                Stream.of("/usr/bin"))
            .map(directory -> Path.of(directory, "python3"))
            .filter(program -> program.toFile().canExecute())
            .distinct()
            .toList();
    for (Path program : installed) {
      Process process =
          new ProcessBuilder(program.toString(), "-c", NEEDED)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return program;
      }
      process.destroyForcibly();
    }
    String sentence = "there is no Python with python-socketio on this machine";
    if (System.getenv("LETSCHAT_REQUIRE_PYTHON") != null) {
      throw new AssertionError(sentence);
    }
    return Assumptions.abort(sentence);
  }
}
