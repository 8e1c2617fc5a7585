package io.letschat.engineio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The Engine.IO protocol, revision 4: the upgrade from long-polling to WebSocket. */
class EngineIo4UpgradeTest extends EngineIo4Fixture {
  // ---- upgrade

  private WebSocketConnection probed(String sid) throws IOException {
    WebSocketConnection socket = new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid);
    socket.send("2probe");
    assertThat(socket.text()).isEqualTo("3probe");
    return socket;
  }

  @Test
  void a_probe_releases_the_poll_again_and_again_until_the_upgrade() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("GET", POLLING + "&sid=" + sid);
      calm.awaitPoll();
      try (WebSocketConnection socket = probed(sid)) {
        assertThat(http.answer().text()).isEqualTo("6");
        // A poll begun before the probe's answer was read.
        assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("6");
        assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("6");
        socket.send("5");
        socket.send("4hello");
        assertThat(socket.text()).isEqualTo("4hello");
      }
    }
  }

  @Test
  void what_was_queued_before_the_upgrade_follows_it_in_order() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        http.post(POLLING + "&sid=" + sid, "4a\u001e4b");
        socket.send("5");
        socket.send("4c");
        assertThat(socket.text()).isEqualTo("4a");
        assertThat(socket.text()).isEqualTo("4b");
        assertThat(socket.text()).isEqualTo("4c");
      }
    }
  }

  @Test
  void polling_is_over_after_the_upgrade() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        socket.send("5");
        eventually("it is upgraded", () -> isWebSocket());
        assertRefused(http.get(POLLING + "&sid=" + sid), 3, "Bad request");
        assertRefused(http.post(POLLING + "&sid=" + sid, "4x"), 3, "Bad request");
        socket.send("4hello");
        assertThat(socket.text()).isEqualTo("4hello");
      }
    }
  }

  private boolean isWebSocket() {
    return calm.engine().sessions().iterator().next().transport() == EngineTransport.WEBSOCKET;
  }

  @Test
  void a_second_websocket_for_a_session_is_closed_and_the_first_stays() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection first = probed(sid)) {
        try (WebSocketConnection second =
            new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
          second.closeStatus();
        }
        first.send("5");
        first.send("4hello");
        assertThat(first.text()).isEqualTo("4hello");
        try (WebSocketConnection third =
            new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
          third.closeStatus();
        }
        first.send("4still here");
        assertThat(first.text()).isEqualTo("4still here");
      }
    }
  }

  @Test
  void a_probe_that_breaks_off_leaves_the_session_to_polling() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      probed(sid).close();
      try (WebSocketConnection wrong =
          new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
        wrong.send("4not a probe");
        assertThat(wrong.closeStatus()).isEqualTo(1005);
      }
      assertThat(http.post(POLLING + "&sid=" + sid, "4hello").status()).isEqualTo(200);
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello");
      try (WebSocketConnection again = probed(sid)) {
        again.send("5");
        again.send("4up");
        assertThat(again.text()).isEqualTo("4up");
      }
    }
  }

  @Test
  void an_upgrade_that_is_not_completed_in_time_is_given_up() throws IOException {
    EngineSettings hasty =
        new EngineSettings.Builder().upgradeTimeout(Duration.ofMillis(700)).build();
    try (EngineEcho server = new EngineEcho(hasty);
        HttpConnection http = new HttpConnection(server.port())) {
      String sid = open(http);
      try (WebSocketConnection socket =
          new WebSocketConnection(server.port(), WEBSOCKET + "&sid=" + sid)) {
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        assertThat(socket.closeStatus()).isEqualTo(1005);
      }
      http.post(POLLING + "&sid=" + sid, "4hello");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello");
    }
  }

  @Test
  void a_probing_websocket_is_closed_with_its_session() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        http.post(POLLING + "&sid=" + sid, "1");
        assertThat(socket.closeStatus()).isEqualTo(1005);
      }
    }
  }

  @Test
  void two_hundred_idle_sessions_upgrade_and_none_is_lost() throws Exception {
    CompletableFuture<?>[] all = new CompletableFuture<?>[200];
    for (int i = 0; i < all.length; i++) {
      all[i] = new CompletableFuture<>();
      CompletableFuture<?> done = all[i];
      Thread.ofVirtual()
          .start(() -> {
            try {
              upgradeOne();
              done.complete(null);
            } catch (IOException | AssertionError e) {
              done.completeExceptionally(e);
            }
          });
    }
    CompletableFuture.allOf(all).get(30, java.util.concurrent.TimeUnit.SECONDS);
  }

  /**
   * As the clients do it: the poll is open when the probe goes out, and awaited before the upgrade.
   */
  private void upgradeOne() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("GET", POLLING + "&sid=" + sid);
      try (WebSocketConnection socket = probed(sid)) {
        assertThat(http.answer().text()).isEqualTo("6");
        socket.send("5");
        socket.send("4" + sid);
        assertThat(socket.text()).isEqualTo("4" + sid);
      }
    }
  }
}
