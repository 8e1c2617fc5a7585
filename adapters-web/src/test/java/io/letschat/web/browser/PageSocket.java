package io.letschat.web.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.JoinRoom;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.testkit.Chat;
import io.letschat.testkit.TestConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The other end of a page's socket. It answers by the use cases of a chat in memory, loses what the
 * test wants lost, and delivers what happens in the room when the test says so.
 */
final class PageSocket {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTHING = "";

  final List<String> mentioned = new ArrayList<>();
  final List<JsonNode> sent = new ArrayList<>();
  final List<JsonNode> joins = new ArrayList<>();

  /** What is answered instead of what the chat would say, once each. */
  final Deque<Map<String, Object>> answers = new ArrayDeque<>();

  /** What a connection attempt comes to: connected, offline, or an error. */
  String onConnect = "connected";

  /** Whether what the page sends does not get here at all. */
  boolean swallows;

  /** Whether what the page sends gets here, but the answers do not get back. */
  boolean losesAnswers;

  private final Chat chat;
  private final AuthenticatedUser who;
  private final Room room;
  private final Page page;
  private TestConnection connection;
  private int delivered;

  PageSocket(Chat chat, AuthenticatedUser who, Room room, Page page) {
    this.chat = chat;
    this.who = who;
    this.room = room;
    this.page = page;
    this.connection = new TestConnection("page", who.user());
    page.route(
        "**/socket.io/socket.io.esm.min.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(script())));
    page.exposeFunction("testConnect", arguments -> onConnect);
    page.exposeFunction(
        "testAsk", arguments -> ask((String) arguments[0], read((String) arguments[1])));
    page.exposeFunction("testMention", arguments -> mentioned.add((String) arguments[0]));
  }

  /** Delivers everything that has happened in the room since. */
  void deliver() {
    List<RoomEvent> all = connection.received();
    for (RoomEvent event : all.subList(delivered, all.size())) {
      tell(event);
    }
    delivered = all.size();
  }

  /** Forgets what has happened in the room since, as if it had been lost on the way. */
  void drop() {
    delivered = connection.received().size();
  }

  void lose() {
    lose("transport close");
  }

  void lose(String reason) {
    page.evaluate("reason => testSocket.lose(reason)", reason);
  }

  void comeBack() {
    onConnect = "connected";
    page.evaluate("() => testSocket.connect()");
  }

  void hear(String event, Object... arguments) {
    page.evaluate(
        "([event, args]) => testSocket.hear(event, args)", List.of(event, write(arguments)));
  }

  static Map<String, Object> refusal(String code, String message) {
    return Map.of("ok", false, "error", Map.of("code", code, "message", message));
  }

  private String ask(String event, JsonNode payload) {
    (event.equals("join room") ? joins : sent).add(payload);
    if (swallows) {
      return NOTHING;
    }
    Map<String, Object> scripted = answers.poll();
    if (scripted != null) {
      return write(scripted);
    }
    String answer = write(event.equals("join room") ? join(payload) : send(payload));
    return losesAnswers ? NOTHING : answer;
  }

  private Map<String, Object> join(JsonNode payload) {
    Optional<JoinRoom.Since> since =
        payload.has("after_seq")
            ? Optional.of(
                new JoinRoom.Since(
                    new Seq(payload.get("after_seq").asLong()),
                    Optional.of(new RoomEpoch(payload.get("after_epoch").asText()))))
            : Optional.empty();
    connection = new TestConnection("page", who.user());
    delivered = 0;
    var command =
        new JoinRoom.Command(who, room.id(), Optional.empty(), since, connection, "192.0.2.1");
    if (!(chat.joinRoom.open(command) instanceof JoinRoom.Joined opened)) {
      return refusal("room_not_found", "There is no such room for you.");
    }
    opened.subscription().activate();
    return Map.of(
        "ok",
        true,
        "room",
        Map.of(
            "id", room.id().value(),
            "room_name", room.name().text(),
            "last_seq", opened.last().value(),
            "epoch", opened.epoch().value()),
        "messages",
        opened.messages().stream().map(PageSocket::body).toList(),
        "complete",
        opened.complete(),
        "online",
        opened.online(),
        "total_members",
        opened.members());
  }

  private Map<String, Object> send(JsonNode payload) {
    var command =
        new SendMessage.Command(
            who,
            room.id(),
            MessageContent.of(payload.get("content").asText()),
            MessageType.TEXT,
            Optional.of(ClientMessageId.of(payload.get("client_message_id").asText())));
    return chat.sendMessage.send(command) instanceof SendMessage.Sent(var message)
        ? Map.of("ok", true, "message", body(message))
        : refusal("room_not_found", "There is no such room for you.");
  }

  private void tell(RoomEvent event) {
    switch (event) {
      case RoomEvent.MessageSent(var message) -> hear("new message", body(message));
      case RoomEvent.UserJoined(var in, var person) -> hear("user joined", body(person));
      case RoomEvent.UserLeft(var in, var person) -> hear("user left", body(person));
      case RoomEvent.UserTyping(var in, var person) -> hear("user typing", body(person));
      case RoomEvent.UserStoppedTyping(var in, var person) ->
          hear("user stop typing", body(person));
      case RoomEvent.OnlineUsers online ->
          hear(
              "online users",
              online.latest().stream()
                  .map(p -> Map.of("id", p.user().value(), "username", p.name().text()))
                  .toList(),
              Map.of("online", online.online(), "total_members", online.members()));
      case RoomEvent.MembershipEnded(var in) ->
          hear(
              "chat error",
              Map.of(
                  "code", "membership_ended",
                  "message", "You do not belong to this room any more."));
    }
  }

  private static Map<String, Object> body(Person person) {
    return Map.of("user_id", person.user().value(), "username", person.name().text());
  }

  private static Map<String, Object> body(Message message) {
    var body = new HashMap<String, Object>();
    body.put("id", message.id().value());
    body.put("room_id", message.room().value());
    body.put("seq", message.seq().value());
    body.put("user_id", message.sender().value());
    body.put("username", message.senderName().text());
    body.put("content", message.content().text());
    body.put("message_type", message.type().wireName());
    message.clientId().ifPresent(id -> body.put("client_message_id", id.value()));
    body.put("created_at", message.createdAt().toString());
    return body;
  }

  private static String script() {
    try (var in = PageSocket.class.getResourceAsStream("socket.js")) {
      if (in == null) {
        throw new IllegalStateException("socket.js is missing");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
