package io.letschat.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OutboundEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlMessageCodecTest {
  private static final RoomId ROOM = new RoomId(7);
  private static final Person ADA = new Person(new UserId(3), Username.of("ada"));

  @Test
  void news_is_read_as_it_was_written() {
    var member =
        new Member(new Room(ROOM, RoomName.of("tea"), new UserId(1)), ADA.user(), ADA.name());
    for (ClusterEvent news :
        List.of(
            new ClusterEvent.SessionEnded(new SessionId("abcdefghijklmnopqrstuvwx")),
            new ClusterEvent.MembershipEnded(member),
            new ClusterEvent.Renamed(ADA.user()),
            new ClusterEvent.PresenceChanged(ROOM, true))) {
      assertThat(ControlMessageCodec.read(new ArrayList<>(ControlMessageCodec.write(news))))
          .contains(news);
    }
    assertThat(ControlMessageCodec.read(List.of("something newer", 5L))).isEmpty();
  }

  @Test
  void events_are_read_as_the_dialect_writes_them() {
    for (RoomEvent event :
        List.of(
            new RoomEvent.MessageSent(message(MessageType.TEXT)),
            new RoomEvent.UserJoined(ROOM, ADA),
            new RoomEvent.UserLeft(ROOM, ADA),
            new RoomEvent.UserTyping(ROOM, ADA),
            new RoomEvent.UserStoppedTyping(ROOM, ADA))) {
      OutboundEvent told = Dialect.README.told(event, Sentences.english()).getFirst();
      assertThat(ClusterEventCodec.read(told.name(), new ArrayList<>(told.arguments())))
          .contains(event);
    }
  }

  @Test
  void a_picture_is_only_a_hint_and_a_number_without_a_room_is_nothing() {
    OutboundEvent told =
        Dialect.README
            .told(new RoomEvent.MessageSent(message(MessageType.IMAGE)), Sentences.english())
            .getFirst();
    assertThat(ClusterEventCodec.read(told.name(), new ArrayList<>(told.arguments()))).isEmpty();
    assertThat(ClusterEventCodec.roomOfMessage(told.name(), new ArrayList<>(told.arguments())))
        .contains(ROOM);
    assertThat(ClusterEventCodec.roomOfMessage("new message", List.of(Map.of("seq", 1L))))
        .isEmpty();
    assertThat(ClusterEventCodec.roomOfMessage("new message", List.of("text"))).isEmpty();
  }

  private static Message message(MessageType type) {
    return new Message(
        new MessageId(11),
        ROOM,
        new Seq(4),
        ADA.user(),
        ADA.name(),
        MessageContent.of("hello"),
        type,
        Optional.of(ClientMessageId.of("id")),
        Optional.empty(),
        Instant.parse("2026-11-22T12:00:00.123Z"));
  }
}
