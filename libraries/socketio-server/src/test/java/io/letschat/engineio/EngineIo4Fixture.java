package io.letschat.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two servers of Engine.IO 4 and how tests talk to them: one with Node's heartbeat, one with a fast
 * one.
 */
@ExtendWith(NoLeaks.class)
abstract class EngineIo4Fixture {
  static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  final EngineEcho echo =
      new EngineEcho(
          new EngineSettings.Builder()
              .heartbeat(Duration.ofMillis(300), Duration.ofMillis(900))
              .closeTimeout(Duration.ofMillis(300))
              .build());
  final EngineEcho calm = new EngineEcho(EngineSettings.defaults());

  @AfterEach
  void stop() {
    echo.close();
    calm.close();
  }

  final HttpConnection http() throws IOException {
    return new HttpConnection(calm.port());
  }

  final String open(HttpConnection http) throws IOException {
    return json(http.get(POLLING).text().substring(1)).path("sid").asText();
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  final WebSocketConnection webSocket() throws IOException {
    WebSocketConnection socket = new WebSocketConnection(calm.port(), WEBSOCKET);
    assertThat(socket.text()).startsWith("0{");
    return socket;
  }

  static void assertRefused(HttpConnection.Answer answer, int code, String message) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }
}
