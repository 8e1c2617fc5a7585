package io.letschat.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.Target;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both codecs between nodes, over all that there is to be written. */
class ClusterCodecTest {
  private static final RoomId ROOM = new RoomId(7);
  private static final Person ADA = new Person(new UserId(3), Username.of("ada"));
  private static final Person BOB = new Person(new UserId(4), Username.of("Böb"));

  static List<RoomEvent> events() {
    return List.of(
        new RoomEvent.MessageSent(message(MessageType.TEXT, Optional.empty())),
        new RoomEvent.MessageSent(
            message(
                MessageType.IMAGE,
                Optional.of(
                    new Attachment(
                        new UploadId(9),
                        FileName.of("tea.png", FileKind.PNG),
                        FileKind.PNG,
                        12_345,
                        Optional.of(new Dimensions(640, 480)),
                        Optional.of("/files/tea-small.png"))))),
        new RoomEvent.MessageSent(
            message(
                MessageType.FILE,
                Optional.of(
                    new Attachment(
                        new UploadId(10),
                        FileName.of("tea.pdf", FileKind.PDF),
                        FileKind.PDF,
                        Long.MAX_VALUE,
                        Optional.empty(),
                        Optional.empty())))),
        new RoomEvent.UserJoined(ROOM, ADA),
        new RoomEvent.UserLeft(ROOM, ADA),
        new RoomEvent.UserTyping(ROOM, ADA),
        new RoomEvent.UserStoppedTyping(ROOM, ADA),
        new RoomEvent.OnlineUsers(ROOM, List.of(ADA, BOB), 200, 3_000_000_000L, true),
        new RoomEvent.MembershipEnded(ROOM));
  }

  static List<ClusterEvent> clusterEvents() {
    var member =
        new Member(new Room(ROOM, RoomName.of("tea"), new UserId(1)), ADA.user(), ADA.name());
    var ended = new RoomEvent.MembershipEnded(ROOM);
    return List.of(
        new ClusterEvent.SessionEnded(new SessionId("abcdefghijklmnopqrstuvwx")),
        new ClusterEvent.MembershipEnded(member),
        new ClusterEvent.Renamed(ADA.user()),
        new ClusterEvent.PresenceChanged(ROOM, true),
        new ClusterEvent.Told(new Target.Room(ROOM), ended),
        new ClusterEvent.Told(new Target.Person(ADA.user()), ended),
        new ClusterEvent.Told(new Target.Connection("a socket"), ended));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_read_as_it_was_written(RoomEvent event) {
    assertThat(ClusterEventCodec.read(onTheWire(ClusterEventCodec.write(event)))).contains(event);
  }

  @ParameterizedTest
  @MethodSource("clusterEvents")
  void what_nodes_tell_each_other_is_read_as_it_was_written(ClusterEvent event) {
    assertThat(ControlMessageCodec.read(onTheWire(ControlMessageCodec.write(event))))
        .contains(event);
  }

  @Test
  void there_is_an_example_of_every_kind() {
    assertThat(classesOf(events())).containsAll(permitted(RoomEvent.class));
    assertThat(classesOf(clusterEvents())).containsAll(permitted(ClusterEvent.class));
    assertThat(
            clusterEvents().stream()
                .filter(ClusterEvent.Told.class::isInstance)
                .map(event -> (Object) ((ClusterEvent.Told) event).target().getClass()))
        .containsAll(permitted(Target.class));
    assertThat(
            events().stream()
                .filter(RoomEvent.MessageSent.class::isInstance)
                .map(event -> ((RoomEvent.MessageSent) event).message().type()))
        .contains(MessageType.values());
  }

  @Test
  void what_a_later_version_says_is_passed_over_and_what_it_adds_too() {
    assertThat(ClusterEventCodec.read(List.of("SOMETHING_NEWER", 5L))).isEmpty();
    assertThat(ControlMessageCodec.read(List.of("something newer", 5L))).isEmpty();
    assertThat(ControlMessageCodec.read(List.of("renamed", 3L, "and more")))
        .contains(new ClusterEvent.Renamed(new UserId(3)));
  }

  @Test
  void what_is_said_as_clients_hear_it_is_a_hint_where_it_has_a_number_and_a_room() {
    assertThat(hint(Map.of("seq", 1L, "room_id", 7L))).contains(ROOM);
    assertThat(hint(Map.of("seq", 1L))).isEmpty();
    assertThat(hint("text")).isEmpty();
  }

  private static Optional<RoomId> hint(Object argument) {
    return ClusterMessageHandler.roomOfMessage("new message", new ArrayList<>(List.of(argument)));
  }

  private static List<Class<?>> classesOf(List<?> examples) {
    return examples.stream().<Class<?>>map(Object::getClass).distinct().toList();
  }

  private static List<Class<?>> permitted(Class<?> sealed) {
    return Arrays.asList(sealed.getPermittedSubclasses());
  }

  /** Numbers come as longs from the wire, whatever they were. */
  private static List<@Nullable Object> onTheWire(List<?> written) {
    List<@Nullable Object> read = new ArrayList<>();
    for (Object field : written) {
      read.add(
          switch (field) {
            case Integer number -> number.longValue();
            case List<?> list -> onTheWire(list);
            case null, default -> field;
          });
    }
    return read;
  }

  private static Message message(MessageType type, Optional<Attachment> attachment) {
    return new Message(
        new MessageId(11),
        ROOM,
        new Seq(4),
        ADA.user(),
        ADA.name(),
        MessageContent.of("hello"),
        type,
        attachment.isPresent() ? Optional.empty() : Optional.of(ClientMessageId.of("id")),
        attachment,
        Instant.parse("2026-11-22T12:00:00.123Z"));
  }
}
