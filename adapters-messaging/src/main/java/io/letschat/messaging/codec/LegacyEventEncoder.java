package io.letschat.messaging.codec;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.message.MessageView;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.message.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes events in the legacy dialect, that of the Node program. */
final class LegacyEventEncoder {
  private LegacyEventEncoder() {}

  static List<OutboundEvent> of(RoomEvent event, Sentences sentences) {
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
              OutboundEvent.of(
                  "chat error", EventError.membershipEnded().event("joinRoom", room, sentences)));
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

  /** The Node program's clients know no numbers, no ids of their own and no files. */
  private static Map<String, @Nullable Object> message(Message message) {
    return switch (MessageView.of(message)) {
      case MessageView(
              var id,
              var roomId,
              var seq,
              var userId,
              var username,
              var content,
              var messageType,
              var clientMessageId,
              var file,
              var createdAt) ->
          JsonObjects.object(
              "id", id,
              "room_id", roomId,
              "user_id", userId,
              "content", content,
              "created_at", createdAt,
              "message_type", messageType,
              "username", username);
    };
  }

  private static Map<String, @Nullable Object> named(Person person) {
    return JsonObjects.object("user_id", person.user().value(), "username", person.name().text());
  }
}
