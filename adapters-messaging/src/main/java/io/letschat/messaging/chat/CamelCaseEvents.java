package io.letschat.messaging.chat;

import io.letschat.application.room.Person;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.message.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the Node program says things. */
final class CamelCaseEvents {
  private CamelCaseEvents() {}

  static List<WireEvent> of(RoomEvent event) {
    return switch (event) {
      case RoomEvent.MessageSent(var message) ->
          List.of(WireEvent.of("newMessage", message(message)));
      // Its clients take the whole list with each arrival; that comes at the pace of the list.
      case RoomEvent.UserJoined joined -> List.of();
      case RoomEvent.UserLeft(var room, var person) ->
          List.of(WireEvent.of("userLeft", Json.object("user_id", person.user().value())));
      case RoomEvent.UserTyping(var room, var person) ->
          List.of(WireEvent.of("userTyping", named(person)));
      case RoomEvent.UserStoppedTyping(var room, var person) ->
          List.of(WireEvent.of("userStopTyping", Json.object("user_id", person.user().value())));
      case RoomEvent.OnlineUsers online -> present(online);
      case RoomEvent.MembershipEnded(var room) ->
          List.of(WireEvent.of("chat error", Failure.membershipEnded().event("joinRoom", room)));
    };
  }

  static WireEvent recent(List<Message> messages) {
    return WireEvent.of("recentMessages", messages.stream().map(CamelCaseEvents::message).toList());
  }

  private static List<WireEvent> present(RoomEvent.OnlineUsers online) {
    List<Map<String, @Nullable Object>> people = ReadmeEvents.people(online.latest());
    WireEvent stats =
        WireEvent.of(
            "roomStatsUpdate",
            Json.object(
                "online",
                online.online(),
                "totalMembers",
                online.members(),
                "activeUsers",
                people));
    return online.someoneCame()
        ? List.of(stats, WireEvent.of("userJoined", Json.object("username", people)))
        : List.of(stats);
  }

  private static Map<String, @Nullable Object> message(Message message) {
    return Json.object(
        "id", message.id().value(),
        "room_id", message.room().value(),
        "user_id", message.sender().value(),
        "content", message.content().text(),
        "created_at", Json.time(message.createdAt()),
        "message_type", message.type().wireName(),
        "username", message.senderName().text());
  }

  private static Map<String, @Nullable Object> named(Person person) {
    return Json.object("user_id", person.user().value(), "username", person.name().text());
  }
}
