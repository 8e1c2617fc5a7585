package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node goes that others remain for; the whole story is {@link BehindHaproxyTest}'s. */
class DepartureTest {
  @TempDir private Path folder;

  @Test
  void a_node_that_was_told_to_stop_serves_those_it_has_until_it_is_told_again() throws Exception {
    var settings = Map.of("SHUTDOWN_NOTICE", "3000", "SHUTDOWN_SPREAD", "3000", "NODE_NAME", "n1");
    try (var chat = ChatProcess.start(folder, settings)) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");
      try (var socket = TestSocket.connect(ada)) {
        socket.joins(room);
        chat.process().destroy();
        Await.until(
            Duration.ofSeconds(30),
            () -> ada.get("/readyz").status() == 503,
            () -> "it is still ready:\n" + chat.log());

        assertThat(ada.get("/readyz").body().get("code").asText()).isEqualTo("stopping");
        assertThat(ada.get("/healthz").status()).isEqualTo(200);
        assertThat(socket.says(room, "I am still here").get("seq").asLong()).isEqualTo(1);
        assertThat(ada.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(503);
        assertThat(socket.disconnects()).isEmpty();

        chat.process().destroy();
        Await.until(Duration.ofSeconds(30), () -> !chat.process().isAlive(), chat::log);
        assertThat(chat.process().exitValue()).isEqualTo(143);
        Await.until(() -> !socket.disconnects().isEmpty(), () -> "the socket is still connected");
        // Not what a client takes for "io server disconnect", after which it stays away.
        assertThat(socket.disconnects().getFirst()).startsWith("transport ");
      }
    }
  }

  @Test
  void connections_are_closed_one_after_the_other() throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of("SHUTDOWN_SPREAD", "600"))) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      try (var one = TestSocket.connect(ada);
          var two = TestSocket.connect(ada)) {
        chat.process().destroy();
        Await.until(
            Duration.ofSeconds(30),
            () -> one.disconnects().size() + two.disconnects().size() == 1,
            () -> one.disconnects() + " " + two.disconnects() + "\n" + chat.log());
        chat.process().destroy();
        Await.until(
            Duration.ofSeconds(30),
            () -> !one.disconnects().isEmpty() && !two.disconnects().isEmpty(),
            () -> "one of them is still there");
      }
    }
  }
}
