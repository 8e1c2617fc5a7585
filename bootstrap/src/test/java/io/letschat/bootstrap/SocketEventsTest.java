package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sockets may say and are told, with the official Java client. */
class SocketEventsTest {
  private static final Object NULL = JSONObject.NULL;

  @TempDir private static Path folder;

  private MemoryChat chat;
  private Visitor ada;
  private Visitor bob;
  private long room;

  @BeforeEach
  void two_people_share_a_room() throws Exception {
    chat = MemoryChat.start(folder, Map.of());
    ada = chat.signsUp("ada");
    bob = chat.signsUp("bob");
    room = chat.enters(ada, "tea");
    chat.enters(bob, "tea");
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void without_a_good_token_nobody_gets_in(String transport) {
    for (String token : new String[] {"", "garbage", "token-of-AAAAAAAAAAAAAAAAAAAAAAAA"}) {
      try (var socket = TestSocket.tryToConnect(chat.address(), token, transport)) {
        assertThat(socket.outcome()).isEqualTo("unauthorized");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send message", "message"})
  void who_sends_after_the_session_has_ended_is_told_and_disconnected(String event) {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob);
        var bobsOther = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);
      chat.sessionEndsUnheard(bob);

      JsonNode answer = bobs.ask(event, Map.of("room_id", room, "content", "still here"));

      assertThat(answer.at("/error/code").asText()).isEqualTo("unauthorized");
      for (TestSocket socket : List.of(bobs, bobsOther)) {
        AwaitInProgram.until(() -> !socket.disconnects().isEmpty(), () -> "still connected");
      }
      adas.says(room, "among ourselves");
      adas.awaits("new message", 1);
      assertThat(adas.messages()).hasSize(1);
    }
  }

  static Stream<Arguments> badPayloads() {
    return Stream.of(
        arguments("join room", NULL, "invalid_payload"),
        arguments("join room", "7", "invalid_payload"),
        arguments("join room", new JSONArray(), "invalid_payload"),
        arguments("join room", Map.of(), "invalid_room_id"),
        arguments("join room", Map.of("room_id", "1"), "invalid_room_id"),
        arguments("join room", Map.of("room_id", 1.5), "invalid_room_id"),
        arguments("join room", Map.of("room_id", -1), "invalid_room_id"),
        arguments("join room", Map.of("room_id", 1e300), "invalid_room_id"),
        arguments("join room", Map.of("room_id", true), "invalid_room_id"),
        arguments("join room", Map.of("room_id", Map.of("id", 1)), "invalid_room_id"),
        arguments("join room", Map.of("room_id", 1, "after_seq", "x"), "invalid_after_seq"),
        arguments("join room", Map.of("room_id", 1, "after_seq", -1), "invalid_after_seq"),
        arguments("join room", Map.of("room_id", 1, "after_epoch", 5), "invalid_after_epoch"),
        arguments("join room", Map.of("room_id", 1, "password", 5), "invalid_password"),
        arguments("join room", Map.of("room_id", 4711), "room_not_found"),
        arguments(
            "join room", Map.of("room_id", 4711, "password", "secret"), "wrong_room_password"),
        arguments("send message", "hello", "invalid_payload"),
        arguments("send message", Map.of("content", "hello"), "invalid_room_id"),
        arguments("send message", Map.of("room_id", 1), "invalid_content"),
        arguments("send message", Map.of("room_id", 1, "content", 5), "invalid_content"),
        arguments("send message", Map.of("room_id", 1, "content", " \n "), "invalid_content"),
        arguments(
            "send message", Map.of("room_id", 1, "content", "x".repeat(2001)), "invalid_content"),
        arguments("send message", Map.of("room_id", 1, "content", "a\u0000b"), "invalid_content"),
        arguments(
            "send message",
            Map.of("room_id", 1, "content", "hello", "message_type", "video"),
            "invalid_message_type"),
        arguments(
            "send message",
            Map.of("room_id", 1, "content", "hello", "client_message_id", 5),
            "invalid_client_message_id"),
        arguments(
            "send message",
            Map.of("room_id", 1, "content", "hello", "client_message_id", ""),
            "invalid_client_message_id"),
        arguments(
            "send message",
            Map.of("room_id", 1, "content", "hello", "client_message_id", "x".repeat(65)),
            "invalid_client_message_id"),
        arguments("send message", Map.of("room_id", 4711, "content", "hello"), "not_joined"),
        arguments("typing", Map.of("room_id", 4711), "not_joined"),
        arguments("typing", 5, "invalid_payload"),
        arguments("stop typing", Map.of(), "invalid_room_id"),
        arguments("leave room", Map.of("room_id", "one"), "invalid_room_id"),
        arguments("send mesage", Map.of("room_id", 1, "content", "hello"), "unknown_event"));
  }

  @ParameterizedTest
  @MethodSource("badPayloads")
  void a_bad_payload_gets_its_code_and_the_next_event_works(
      String event, Object payload, String code) {
    try (var socket = TestSocket.connect(ada)) {
      socket.joins(room);

      JsonNode answer = socket.ask(event, payload);
      assertThat(answer.get("ok").asBoolean()).isFalse();
      assertThat(answer.at("/error/code").asText()).isEqualTo(code);
      assertThat(answer.at("/error/message").asText()).endsWith(".");

      socket.tell(event, payload);
      socket.awaits("chat error", 1);
      JsonNode told = socket.heard("chat error").getFirst().getFirst();
      assertThat(told.get("code").asText()).isEqualTo(code);
      assertThat(told.get("event").asText()).isEqualTo(event);

      assertThat(socket.says(room, "still here").get("content").asText()).isEqualTo("still here");
    }
  }

  @Test
  void sending_before_joining_is_refused_and_so_is_a_room_of_others() {
    Visitor eve = chat.signsUp("eve");
    try (var adas = TestSocket.connect(ada);
        var eves = TestSocket.connect(eve)) {
      assertThat(code(adas.ask("send message", Map.of("room_id", room, "content", "early"))))
          .isEqualTo("not_joined");
      assertThat(code(eves.ask("join room", Map.of("room_id", room)))).isEqualTo("room_not_found");
      assertThat(code(eves.ask("join room", Map.of("room_id", room, "password", "wrong"))))
          .isEqualTo("wrong_room_password");
      assertThat(code(eves.ask("send message", Map.of("room_id", room, "content", "hi"))))
          .isEqualTo("not_joined");
      eves.ask("join room", Map.of("room_id", room, "password", "secret"));
      assertThat(eves.says(room, "now").get("seq").asLong()).isEqualTo(1);
    }
  }

  @Test
  void who_sends_says_the_session_and_never_the_payload() {
    try (var adas = TestSocket.connect(ada)) {
      adas.joins(room);
      JsonNode answer =
          adas.ask(
              "send message",
              Map.of("room_id", room, "content", "me", "user_id", bob.userId(), "username", "bob"));
      assertThat(answer.at("/message/user_id").asLong()).isEqualTo(ada.userId());
      assertThat(answer.at("/message/username").asText()).isEqualTo("ada");
      assertThat(answer.get("message").has("client_message_id")).isTrue();
      assertThat(answer.at("/message/client_message_id").isNull()).isTrue();
    }
  }

  @Test
  void who_joins_without_an_ack_gets_the_recent_messages_as_an_event() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      JsonNode said = adas.says(room, "before");
      bobs.tell("join room", Map.of("room_id", room));
      bobs.awaits("recent messages", 1);
      assertThat(bobs.heard("recent messages").getFirst().getFirst()).containsExactly(said);
    }
  }

  @Test
  void closing_one_of_two_tabs_changes_nothing_for_the_others() {
    try (var adas = TestSocket.connect(ada);
        var first = TestSocket.connect(bob);
        var second = TestSocket.connect(bob)) {
      adas.joins(room);
      first.joins(room);
      second.joins(room);
      first.close();
      // What bob says next comes after whatever his first tab's end might have caused.
      second.says(room, "still here");
      adas.awaits("new message", 1);
      assertThat(adas.heard("user left")).isEmpty();
      second.close();
      adas.awaits("user left", 1);
      assertThat(adas.heard("user left").getFirst().getFirst().get("user_id").asLong())
          .isEqualTo(bob.userId());
    }
  }

  @Test
  void typing_reaches_the_others_and_ends_with_a_disconnect() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);
      bobs.tell("typing", Map.of("room_id", room));
      adas.awaits("user typing", 1);
      bobs.close();
      adas.awaits("user stop typing", 1);
      assertThat(bobs.heard("user typing")).isEmpty();
    }
  }

  @Test
  void leaving_a_room_ends_presence_and_not_the_membership() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);
      assertThat(bobs.ask("leave room", Map.of("room_id", room)).get("ok").asBoolean()).isTrue();
      adas.awaits("user left", 1);
      adas.says(room, "without bob");
      assertThat(bobs.joins(room).at("/messages/0/content").asText()).isEqualTo("without bob");
      assertThat(bobs.messages()).isEmpty();
    }
  }

  @Test
  void a_removed_member_is_told_and_cannot_send_through_a_socket_opened_before() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);
      chat.removes(ada, bob, room);
      bobs.awaits("chat error", 1);
      assertThat(bobs.heard("chat error").getFirst().getFirst().get("code").asText())
          .isEqualTo("membership_ended");
      assertThat(code(bobs.ask("send message", Map.of("room_id", room, "content", "hi"))))
          .isEqualTo("not_joined");
      adas.says(room, "secret");
      assertThat(code(bobs.ask("join room", Map.of("room_id", room)))).isEqualTo("room_not_found");
      assertThat(bobs.messages()).isEmpty();
    }
  }

  @Test
  void signing_out_closes_the_sockets_of_that_session_within_a_second() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      chat.logsOut(ada);
      AwaitInProgram.until(
          Duration.ofSeconds(1), () -> !adas.isConnected(), () -> "still connected");
      assertThat(adas.disconnects()).containsExactly("io server disconnect");
      assertThat(bobs.isConnected()).isTrue();
    }
  }

  @Test
  void the_node_program_s_clients_are_understood_and_answered_in_their_own_words() {
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      bobs.joins(room);
      adas.tell("joinRoom", Map.of("room_id", room, "user_id", 99));
      adas.awaits("recentMessages", 1);
      adas.awaits("roomStatsUpdate", 1);
      adas.awaits("userJoined", 1);
      JsonNode stats = adas.heard("roomStatsUpdate").getLast().getFirst();
      assertThat(stats.get("totalMembers").asLong()).isEqualTo(2);

      adas.tell(
          "message", Map.of("room_id", String.valueOf(room), "user_id", 99, "content", "hello"));
      adas.awaits("newMessage", 1);
      bobs.awaits("new message", 1);
      JsonNode heard = adas.heard("newMessage").getFirst().getFirst();
      assertThat(heard.get("user_id").asLong()).isEqualTo(ada.userId());
      assertThat(List.copyOf(heard.properties().stream().map(Map.Entry::getKey).toList()))
          .containsExactlyInAnyOrder(
              "id", "room_id", "user_id", "content", "created_at", "message_type", "username");

      bobs.tell("typing", Map.of("room_id", room));
      adas.awaits("userTyping", 1);
      bobs.tell("stop typing", Map.of("room_id", room));
      adas.awaits("userStopTyping", 1);
      bobs.close();
      adas.awaits("userLeft", 1);
      assertThat(adas.messages()).isEmpty();
    }
  }

  @Test
  void a_socket_that_wants_too_many_rooms_gets_a_clear_no() {
    try (var adas = TestSocket.connect(ada)) {
      for (int i = 0; i < 1000; i++) {
        adas.joins(chat.enters(ada, "room " + i));
      }
      assertThat(code(adas.ask("join room", Map.of("room_id", room)))).isEqualTo("too_many_rooms");
      adas.ask("leave room", Map.of("room_id", chat.enters(ada, "room 7")));
      adas.joins(room);
      adas.says(room, "in again");
      adas.awaits("new message", 1);
    }
  }

  @Test
  void a_bare_room_id_is_enough_for_the_node_program_s_clients() {
    try (var adas = TestSocket.connect(ada)) {
      adas.tell("joinRoom", room);
      adas.awaits("recentMessages", 1);
    }
    try (var adas = TestSocket.connect(ada)) {
      adas.tell("joinRoom", String.valueOf(room));
      adas.awaits("recentMessages", 1);
    }
  }

  private static String code(JsonNode answer) {
    return answer.at("/error/code").asText();
  }
}
