package io.letschat.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.application.account.session.AuthenticationQueue;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.room.Room;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.SessionSocketRegistry;
import io.letschat.messaging.socket.SocketAuthenticator;
import io.letschat.messaging.socket.SocketIoRoomBroadcaster;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.testkit.Chat;
import io.letschat.testkit.PlainSessionTokens;
import io.letschat.testkit.Someone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat's events over real sockets, with a chat in memory behind them, in both dialects. */
class EventRouterTest {
  private final ConformantSocketIOServer server = server();
  private final SocketIONamespace namespace = server.mainNamespace();
  private final ChatMetrics metrics = new ChatMetrics(new SimpleMeterRegistry());
  private final Chat chat =
      Chat.deliveringBy(new SocketIoRoomBroadcaster(namespace, metrics, Sentences.english()));
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Room tea = ada.enters("tea", "secret");

  private static ConformantSocketIOServer server() {
    var configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    configuration.setWorkerThreads(1);
    return new ConformantSocketIOServer(
        configuration, new SocketIoSettings.Builder().authRequired(true).build());
  }

  @BeforeEach
  void start() {
    bob.enters("tea", "secret");
    var sockets = new SessionSocketRegistry(chat.registry, chat.scheduler, chat.clock);
    var router =
        new EventRouter(
            new RoomEventHandler(chat.joinRoom, chat.leaveRoom, Optional.empty()),
            new MessageEventHandler(chat.sendMessage, chat.typing),
            new TypingEventHandler(chat.typing),
            sockets,
            metrics);
    var authentication =
        new AuthenticationQueue(
            new PlainSessionTokens(), chat.sessions, chat.clock, chat.scheduler);
    router.register(
        namespace,
        new SocketAuthenticator(
            authentication,
            sockets,
            chat.scheduler,
            SessionCookies.of("test"),
            chat.registry,
            Sentences.english()));
    server.onUnknownEvent(router::unknown);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void a_join_is_answered_with_the_room_and_the_others_hear_who_has_come() throws Exception {
    var said = ada.says(tea, "before");
    try (var adas = connects(ada);
        var bobs = connects(bob)) {
      assertThat(joins(adas).get("ok").asBoolean()).isTrue();

      JsonNode answer = joins(bobs);

      assertThat(answer.at("/room/id").asLong()).isEqualTo(tea.id().value());
      assertThat(answer.at("/room/room_name").asText()).isEqualTo("tea");
      assertThat(answer.at("/room/last_seq").asLong()).isEqualTo(1);
      assertThat(answer.at("/messages/0/id").asLong()).isEqualTo(said.id().value());
      assertThat(answer.get("complete").asBoolean()).isTrue();
      assertThat(answer.get("online").asLong()).isEqualTo(2);
      assertThat(answer.get("total_members").asLong()).isEqualTo(2);
      assertThat(adas.awaits("user joined").get("username").asText()).isEqualTo("bob");
      JsonNode online = bobs.awaits("online users", () -> chat.pass(Duration.ofMillis(100)));
      assertThat(online.findValuesAsText("username")).containsExactlyInAnyOrder("ada", "bob");
      assertThat(bobs.heard("user joined")).isEmpty();
    }
  }

  @Test
  void a_message_is_acknowledged_and_heard_as_it_was_kept() throws Exception {
    try (var adas = connects(ada);
        var bobs = connects(bob)) {
      joins(adas);
      joins(bobs);

      JsonNode answer =
          bobs.asks(
              "send message",
              Map.of("room_id", room(), "content", "hello", "client_message_id", "one"));
      JsonNode message = adas.awaits("new message");

      assertThat(answer.get("ok").asBoolean()).isTrue();
      assertThat(message).isEqualTo(answer.get("message"));
      assertThat(message.get("seq").asLong()).isEqualTo(1);
      assertThat(message.get("room_id").asLong()).isEqualTo(room());
      assertThat(message.get("user_id").asLong()).isEqualTo(bob.user().value());
      assertThat(message.get("username").asText()).isEqualTo("bob");
      assertThat(message.get("content").asText()).isEqualTo("hello");
      assertThat(message.get("message_type").asText()).isEqualTo("text");
      assertThat(message.get("client_message_id").asText()).isEqualTo("one");
      assertThat(bobs.awaits("new message")).isEqualTo(message);
    }
  }

  @Test
  void typing_is_heard_by_the_others_until_it_stops() throws Exception {
    try (var adas = connects(ada);
        var bobs = connects(bob)) {
      joins(adas);
      joins(bobs);

      assertThat(bobs.asks("typing", inTea()).get("ok").asBoolean()).isTrue();
      assertThat(adas.awaits("user typing").get("username").asText()).isEqualTo("bob");
      bobs.tells("stop typing", inTea());
      assertThat(adas.awaits("user stop typing").get("user_id").asLong())
          .isEqualTo(bob.user().value());
      assertThat(bobs.heard("user typing")).isEmpty();
    }
  }

  @Test
  void who_leaves_is_seen_to_go_and_hears_and_says_nothing_more() throws Exception {
    try (var adas = connects(ada);
        var bobs = connects(bob)) {
      joins(adas);
      joins(bobs);

      assertThat(bobs.asks("leave room", inTea()).get("ok").asBoolean()).isTrue();
      assertThat(adas.awaits("user left").get("username").asText()).isEqualTo("bob");
      assertThat(says(bobs, "too late").at("/error/code").asText()).isEqualTo("not_joined");
      says(adas, "alone");
      adas.awaits("new message");
      // A later answer would have come behind the message.
      bobs.asks("leave room", inTea());
      assertThat(bobs.heard("new message")).isEmpty();
    }
  }

  @Test
  void who_loses_the_connection_is_seen_to_go() throws Exception {
    try (var adas = connects(ada)) {
      joins(adas);
      try (var bobs = connects(bob)) {
        joins(bobs);
        adas.awaits("user joined");
      }
      assertThat(adas.awaits("user left").get("username").asText()).isEqualTo("bob");
      assertThat(chat.registry.connectionsOf(bob.user())).isEmpty();
    }
  }

  @Test
  void the_other_dialect_has_its_own_names_for_the_same() throws Exception {
    ada.says(tea, "before");
    try (var adas = connects(ada);
        var bobs = connects(bob)) {
      joins(adas);
      bobs.tells("joinRoom", Map.of("room_id", Long.toString(room()), "user_id", 0));

      JsonNode recent = bobs.awaits("recentMessages");
      assertThat(recent.findValuesAsText("content")).containsExactly("before");
      JsonNode come = bobs.awaits("userJoined", () -> chat.pass(Duration.ofMillis(100)));
      assertThat(come.get("username").findValuesAsText("username")).contains("ada", "bob");
      assertThat(bobs.awaits("roomStatsUpdate").get("online").asLong()).isEqualTo(2);

      says(adas, "hello");
      JsonNode message = bobs.awaits("newMessage");
      assertThat(message.get("content").asText()).isEqualTo("hello");
      assertThat(message.get("username").asText()).isEqualTo("ada");
      adas.tells("typing", inTea());
      assertThat(bobs.awaits("userTyping").get("username").asText()).isEqualTo("ada");
      adas.tells("stop typing", inTea());
      assertThat(bobs.awaits("userStopTyping").get("user_id").asLong())
          .isEqualTo(ada.user().value());

      bobs.tells("message", Map.of("room_id", room(), "content", "and back"));
      assertThat(adas.awaits("new message", 2).get("content").asText()).isEqualTo("and back");
      bobs.tells("typing", Map.of("room_id", Long.toString(room())));
      adas.awaits("user typing");
      bobs.tells("stopTyping", Map.of("room_id", Long.toString(room())));
      adas.awaits("user stop typing");
      adas.asks("leave room", inTea());
      assertThat(bobs.awaits("userLeft").get("user_id").asLong()).isEqualTo(ada.user().value());
      assertThat(bobs.heard("new message")).isEmpty();
    }
  }

  @Test
  void what_cannot_be_served_is_said_in_the_answer_or_in_an_event() throws Exception {
    var carol = chat.someone("carol");
    try (var carols = connects(carol)) {
      assertThat(joins(carols).at("/error/code").asText()).isEqualTo("room_not_found");
      assertThat(carols.asks("join room", Map.of()).at("/error/code").asText())
          .isEqualTo("invalid_room_id");
      assertThat(carols.asks("sing", Map.of()).at("/error/code").asText())
          .isEqualTo("unknown_event");
      carols.tells("typing", inTea());
      JsonNode error = carols.awaits("chat error");
      assertThat(error.get("event").asText()).isEqualTo("typing");
      assertThat(error.get("code").asText()).isEqualTo("not_joined");
    }
  }

  private ChatClient connects(Someone someone) throws Exception {
    return new ChatClient(server.port(), new PlainSessionTokens().issue(someone.who().session()));
  }

  private JsonNode joins(ChatClient client) throws Exception {
    return client.asks("join room", inTea());
  }

  private JsonNode says(ChatClient client, String text) throws Exception {
    return client.asks("send message", Map.of("room_id", room(), "content", text));
  }

  private Map<String, Object> inTea() {
    return Map.of("room_id", room());
  }

  private long room() {
    return tea.id().value();
  }
}
