package io.letschat.socketio.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.socketio.ConformantSocketIOServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the README runs, and is the one that the README shows. */
class LobbyExampleTest {
  @ParameterizedTest
  @ValueSource(strings = {"polling", "websocket"})
  void a_client_joins_the_room_and_gets_its_event_and_its_acknowledgement(String transport)
      throws Exception {
    ConformantSocketIOServer server = LobbyExample.start();
    IO.Options options =
        IO.Options.builder().setTransports(new String[] {transport}).setForceNew(true).build();
    Socket client = IO.socket("http://127.0.0.1:" + server.port(), options);
    try {
      var said = new CompletableFuture<Object>();
      var acknowledged = new CompletableFuture<Object>();
      client.on("said", arguments -> said.complete(arguments[0]));
      client.on(
          Socket.EVENT_CONNECT,
          none ->
              client.emit("say", "hello", (Ack) arguments -> acknowledged.complete(arguments[0])));
      client.connect();

      assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
      assertThat(acknowledged.get(10, TimeUnit.SECONDS)).isEqualTo("delivered");
    } finally {
      client.close();
      server.stop();
    }
  }

  @Test
  void the_readme_shows_this_source() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/letschat/socketio/example/LobbyExample.java"));

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + source + "```\n");
  }
}
