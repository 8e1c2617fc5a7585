package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of the whole: the program as a process, real sockets, plain HTTP. */
class TwoPeopleTalkTest {
  @TempDir private Path folder;

  @Test
  void two_people_sign_up_join_talk_and_find_everything_after_a_restart() throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of())) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      var bob = Visitor.signsUp(chat.address(), "bob");
      long room = ada.enters("tea", "secret");
      assertThat(bob.enters("Tea", "secret")).isEqualTo(room);

      try (var adas = TestSocket.connect(ada);
          var bobs = TestSocket.connect(bob)) {
        JsonNode joined = adas.joins(room);
        assertThat(names(joined))
            .containsExactlyInAnyOrder(
                "ok", "room", "messages", "complete", "online", "total_members");
        assertThat(names(joined.get("room")))
            .containsExactlyInAnyOrder("id", "room_name", "last_seq", "epoch");
        assertThat(joined.at("/room/id").asLong()).isEqualTo(room);
        assertThat(joined.at("/room/room_name").asText()).isEqualTo("tea");
        assertThat(joined.at("/room/last_seq").asLong()).isZero();
        adas.awaits("online users", 1); // from then on she hears who comes
        bobs.joins(room);
        adas.awaits("user joined", 1);
        assertThat(adas.heard("user joined").getFirst().getFirst().get("username").asText())
            .isEqualTo("bob");

        adas.tell("typing", Map.of("room_id", room));
        bobs.awaits("user typing", 1);
        JsonNode said = adas.says(room, "hello bob");
        bobs.awaits("new message", 1);
        bobs.awaits("user stop typing", 1);
        adas.awaits("new message", 1);
        assertThat(bobs.messages()).containsExactly(said);
        assertThat(adas.messages()).containsExactly(said);
        assertThat(names(said))
            .containsExactlyInAnyOrder(
                "id",
                "room_id",
                "seq",
                "user_id",
                "username",
                "content",
                "message_type",
                "client_message_id",
                "created_at");
        assertThat(said.get("seq").asLong()).isEqualTo(1);
        assertThat(said.get("user_id").asLong()).isEqualTo(ada.userId());
        adas.awaits("online users", 1);
      }

      assertThat(chat.stop()).isEqualTo(143);
      assertThat(chat.log()).contains("stopped").doesNotContain("ERROR");
      chat.startAgain();

      assertThat(ada.get("/api/auth/me").status()).isEqualTo(200);
      JsonNode history = bob.get("/api/rooms/" + room + "/messages").body();
      assertThat(history.at("/messages/0/content").asText()).isEqualTo("hello bob");
      try (var bobs = TestSocket.connect(bob)) {
        assertThat(bobs.joins(room).at("/messages/0/content").asText()).isEqualTo("hello bob");
      }
    }
  }

  @Test
  void
      after_kill_9_in_the_middle_of_traffic_every_acked_message_is_there_once_and_the_session_is_good()
          throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of("RATE_LIMIT_MESSAGE", "off"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");
      Map<String, Long> acked = new ConcurrentHashMap<>();
      var killed = new AtomicBoolean();
      List<Future<?>> senders = new ArrayList<>();
      for (int s = 0; s < 8; s++) {
        int sender = s;
        senders.add(
            threads.submit(() -> {
              try (var socket = TestSocket.connect(ada)) {
                socket.joins(room);
                for (int i = 0; i < 10_000 && !killed.get(); i++) {
                  String id = sender + "-" + i;
                  JsonNode answer =
                      socket
                          .asking(
                              "send message",
                              Map.of(
                                  "room_id",
                                  room,
                                  "content",
                                  "message " + id,
                                  "client_message_id",
                                  id))
                          .completeOnTimeout(Visitor.JSON.createObjectNode(), 2, TimeUnit.SECONDS)
                          .join();
                  if (answer.path("ok").asBoolean()) {
                    acked.put(id, answer.at("/message/seq").asLong());
                  }
                }
              }
            }));
      }
      AwaitInProgram.until(() -> acked.size() > 200, () -> "only " + acked.size() + " acked");
      chat.kill();
      killed.set(true);
      for (Future<?> sender : senders) {
        sender.get();
      }

      chat.startAgain();

      List<JsonNode> all = readAll(ada, room);
      assertThat(all.stream().map(m -> m.get("seq").asLong()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
      Set<String> ids = new HashSet<>();
      for (JsonNode message : all) {
        String id = message.get("client_message_id").asText();
        assertThat(ids.add(id)).as("%s is there once", id).isTrue();
        if (acked.containsKey(id)) {
          assertThat(message.get("seq").asLong()).isEqualTo(acked.get(id));
        }
      }
      assertThat(ids).containsAll(acked.keySet());
    }
  }

  private static List<JsonNode> readAll(Visitor reader, long room) {
    List<JsonNode> all = new ArrayList<>();
    long after = 0;
    boolean more = true;
    while (more) {
      Visitor.Response page =
          reader.get("/api/rooms/" + room + "/messages?limit=100&after=" + after);
      assertThat(page.status()).isEqualTo(200);
      StreamSupport.stream(page.body().get("messages").spliterator(), false).forEach(all::add);
      more = page.body().get("has_more").asBoolean();
      after = all.isEmpty() ? 0 : all.getLast().get("seq").asLong();
    }
    return all;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
