package io.letschat.messaging.codec;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.message.MessageView;
import io.letschat.application.message.MessageView.FileView;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.message.Message;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes events in the standard dialect. */
public final class StandardEventEncoder {
  private StandardEventEncoder() {}

  static List<OutboundEvent> of(RoomEvent event, Sentences sentences) {
    return List.of(
        switch (event) {
          case RoomEvent.MessageSent(var message) ->
              OutboundEvent.of("new message", message(message));
          case RoomEvent.UserJoined(var room, var person) ->
              OutboundEvent.of("user joined", person(room, person));
          case RoomEvent.UserLeft(var room, var person) ->
              OutboundEvent.of("user left", person(room, person));
          case RoomEvent.UserTyping(var room, var person) ->
              OutboundEvent.of("user typing", person(room, person));
          case RoomEvent.UserStoppedTyping(var room, var person) ->
              OutboundEvent.of("user stop typing", person(room, person));
          case RoomEvent.OnlineUsers online ->
              OutboundEvent.of(
                  "online users",
                  people(online.latest()),
                  JsonObjects.object(
                      "room_id", online.room().value(),
                      "online", online.online(),
                      "total_members", online.members()));
          case RoomEvent.MembershipEnded(var room) ->
              OutboundEvent.of(
                  "chat error", EventError.membershipEnded().event("join room", room, sentences));
        });
  }

  static OutboundEvent recent(List<Message> messages) {
    return OutboundEvent.of("recent messages", messages(messages));
  }

  public static List<Map<String, @Nullable Object>> messages(List<Message> messages) {
    return messages.stream().map(StandardEventEncoder::message).toList();
  }

  public static Map<String, @Nullable Object> message(Message message) {
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
              var createdAt) -> {
        Map<String, @Nullable Object> fields =
            JsonObjects.object(
                "id", id,
                "room_id", roomId,
                "seq", seq,
                "user_id", userId,
                "username", username,
                "content", content,
                "message_type", messageType,
                "client_message_id", clientMessageId.orElse(null),
                "created_at", createdAt);
        file.ifPresent(shared -> fields.put("file", file(shared)));
        yield fields;
      }
    };
  }

  private static Map<String, @Nullable Object> file(FileView file) {
    return switch (file) {
      case FileView(var name, var type, var size, var dimensions, var thumbnailUrl) -> {
        Map<String, @Nullable Object> fields =
            JsonObjects.object("name", name, "type", type, "size", size);
        dimensions.ifPresent(pixels -> {
          fields.put("width", pixels.width());
          fields.put("height", pixels.height());
        });
        thumbnailUrl.ifPresent(url -> fields.put("thumbnail_url", url));
        yield fields;
      }
    };
  }

  static List<Map<String, @Nullable Object>> people(List<Person> people) {
    return people.stream()
        .map(person ->
            JsonObjects.object("id", person.user().value(), "username", person.name().text()))
        .toList();
  }

  private static Map<String, @Nullable Object> person(RoomId room, Person person) {
    return JsonObjects.object(
        "room_id",
        room.value(),
        "user_id",
        person.user().value(),
        "username",
        person.name().text());
  }
}
