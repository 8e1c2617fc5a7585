package io.letschat.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node goes that others remain for; the whole story is {@link BehindHaproxyTest}'s. */
class GracefulShutdownTest {
  @TempDir private Path folder;

  @Test
  void a_node_that_was_told_to_stop_lets_one_go_after_the_other_until_it_is_told_again()
      throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of("SHUTDOWN_SPREAD", "3000"))) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");
      try (var one = TestSocket.connect(ada);
          var two = TestSocket.connect(ada)) {
        one.joins(room);
        two.joins(room);
        chat.process().destroy();
        AwaitInProgram.until(
            Duration.ofSeconds(60),
            () -> one.disconnects().size() + two.disconnects().size() == 1,
            () -> one.disconnects() + " " + two.disconnects() + "\n" + chat.log());

        var staying = one.disconnects().isEmpty() ? one : two;
        assertThat(ada.get("/readyz").status()).isEqualTo(503);
        assertThat(ada.get("/readyz").body().get("code").asText()).isEqualTo("stopping");
        assertThat(ada.get("/healthz").status()).isEqualTo(200);
        assertThat(staying.says(room, "I am still here").get("seq").asLong()).isEqualTo(1);
        assertThat(ada.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(503);

        chat.process().destroy();
        AwaitInProgram.until(Duration.ofSeconds(60), () -> !chat.process().isAlive(), chat::log);
        assertThat(chat.process().exitValue()).isEqualTo(143);
        AwaitInProgram.until(() -> !staying.disconnects().isEmpty(), () -> "it is still connected");
        // Not what a client takes for "io server disconnect", after which it stays away.
        assertThat(one.disconnects()).allMatch(reason -> reason.startsWith("transport "));
        assertThat(two.disconnects()).allMatch(reason -> reason.startsWith("transport "));
      }
    }
  }
}
