package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand people come to one room. */
class CrowdTest {
  private static final int PEOPLE = 1000;

  /** One list of a hundred names, 50 bytes each, is 5 kB; and the ack of the join. */
  private static final int BYTES_PER_LIST = 8_000;

  @TempDir private Path folder;

  @Test
  void a_thousand_sockets_joining_one_room_cost_each_of_them_a_few_lists_and_not_a_thousand_names()
      throws Exception {
    try (var chat = MemoryChat.start(folder, Map.of());
        var crowd = new Crowd()) {
      long room = 0;
      for (int i = 0; i < PEOPLE; i++) {
        Visitor visitor = chat.signsUp("person" + i);
        room = chat.enters(visitor, "hall");
        crowd.people.add(new Crowded(visitor, room));
      }
      long began = System.nanoTime();
      crowd.comes();
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () -> crowd.people.stream().allMatch(c -> c.joined.get() == 1),
          () ->
              "not everybody has joined: "
                  + crowd.people.stream().filter(c -> c.joined.get() != 1).toList());
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + 1;
      try (var last = TestSocket.connect(chat.signsUp("last"))) {
        assertThat(
                last.ask("join room", Map.of("room_id", room, "password", "secret"))
                    .get("online")
                    .asLong())
            .isEqualTo(PEOPLE + 1);
        last.awaits("online users", 1);
      }

      long most = crowd.people.stream().mapToLong(c -> c.bytes.get()).max().orElseThrow();
      int lists = crowd.people.stream().mapToInt(c -> c.lists.get()).max().orElseThrow();
      // At once, then once a second; and two more seconds for the last one.
      assertThat(lists).isLessThanOrEqualTo((int) seconds + 4);
      // The first hundred are told of each other one by one.
      assertThat(most).isLessThanOrEqualTo((seconds + 4) * BYTES_PER_LIST + 100 * 120);
    }
  }

  /** They share one client, which cannot be closed before their sockets are. */
  private static final class Crowd implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Crowded> people = new ArrayList<>();

    /** Everybody at once. */
    void comes() {
      people.forEach(one -> Thread.ofVirtual().start(() -> one.connect(http)));
    }

    @Override
    public void close() {
      people.forEach(Crowded::close);
      http.shutdownNow();
    }
  }

  private static final class Crowded implements WebSocket.Listener {
    private final Visitor visitor;
    private final long room;
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder packet = new StringBuilder();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;

    Crowded(Visitor visitor, long room) {
      this.visitor = visitor;
      this.room = room;
    }

    void connect(HttpClient http) {
      URI address =
          URI.create(
              visitor.address().replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket");
      try {
        socket = http.newWebSocketBuilder().buildAsync(address, this).join();
      } catch (CompletionException e) {
        heard.add(String.valueOf(e.getCause()));
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      heard.add("closed: " + status);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      heard.add(error.toString());
    }

    /** An answer can be here before the JDK knows that what it answers has been sent. */
    private void send(WebSocket to, String text) {
      sending =
          sending
              .thenCompose(before -> to.sendText(text, true))
              .whenComplete((done, failure) -> {
                if (failure != null) {
                  heard.add(failure.toString());
                }
              });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      packet.append(data);
      bytes.addAndGet(data.length());
      if (last) {
        serve(from, packet.toString());
        packet.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public String toString() {
      return visitor.name() + heard;
    }

    private void serve(WebSocket from, String text) {
      if (!text.startsWith("42")) {
        heard.add(text.substring(0, Math.min(text.length(), 100)));
      }
      if (text.startsWith("0")) {
        send(from, "40{\"token\":\"" + visitor.token() + "\"}");
      } else if (text.startsWith("40")) {
        send(from, "421[\"join room\",{\"room_id\":" + room + "}]");
      } else if (text.startsWith("431[{\"ok\":true")) {
        joined.incrementAndGet();
      } else if (text.startsWith("42[\"online users\"")) {
        lists.incrementAndGet();
      } else if (text.equals("2")) {
        send(from, "3");
      }
    }

    void close() {
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
    }
  }
}
