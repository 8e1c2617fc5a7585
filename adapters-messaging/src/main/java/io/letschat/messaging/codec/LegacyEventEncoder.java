package io.letschat.messaging.codec;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.message.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the Node program says things. */
final class LegacyEventEncoder {
  private LegacyEventEncoder() {}

  static List<OutboundEvent> of(RoomEvent event) {
    return switch (event) {
      case RoomEvent.MessageSent(var message) ->
          List.of(OutboundEvent.of("newMessage", message(message)));
      // Its clients take the whole list with each arrival; that comes at the pace of the list.
      case RoomEvent.UserJoined joined -> List.of();
      case RoomEvent.UserLeft(var room, var person) ->
          List.of(
              OutboundEvent.of("userLeft", JsonObjects.object("user_id", person.user().value())));
      case RoomEvent.UserTyping(var room, var person) ->
          List.of(OutboundEvent.of("userTyping", named(person)));
      case RoomEvent.UserStoppedTyping(var room, var person) ->
          List.of(
              OutboundEvent.of(
                  "userStopTyping", JsonObjects.object("user_id", person.user().value())));
      case RoomEvent.OnlineUsers online -> present(online);
      case RoomEvent.MembershipEnded(var room) ->
          List.of(
              OutboundEvent.of("chat error", EventError.membershipEnded().event("joinRoom", room)));
    };
  }

  static OutboundEvent recent(List<Message> messages) {
    return OutboundEvent.of(
        "recentMessages", messages.stream().map(LegacyEventEncoder::message).toList());
  }

  private static List<OutboundEvent> present(RoomEvent.OnlineUsers online) {
    List<Map<String, @Nullable Object>> people = StandardEventEncoder.people(online.latest());
    OutboundEvent stats =
        OutboundEvent.of(
            "roomStatsUpdate",
            JsonObjects.object(
                "online",
                online.online(),
                "totalMembers",
                online.members(),
                "activeUsers",
                people));
    return online.someoneCame()
        ? List.of(stats, OutboundEvent.of("userJoined", JsonObjects.object("username", people)))
        : List.of(stats);
  }

  private static Map<String, @Nullable Object> message(Message message) {
    return JsonObjects.object(
        "id", message.id().value(),
        "room_id", message.room().value(),
        "user_id", message.sender().value(),
        "content", message.content().text(),
        "created_at", JsonObjects.time(message.createdAt()),
        "message_type", message.type().wireName(),
        "username", message.senderName().text());
  }

  private static Map<String, @Nullable Object> named(Person person) {
    return JsonObjects.object("user_id", person.user().value(), "username", person.name().text());
  }
}
