package io.letschat.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.presence.RoomPresence;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreSubscriptionsTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Room room = ada.enters("tea", "secret");
  private final RoomEpoch epoch = chat.memoryLog.head(room.id()).epoch();

  private final RecoveryState recoveryState =
      new RecoveryState(
              new RecoveryState.Key(bob.user(), "pid"),
              "before",
              "socket",
              "README",
              Optional.empty(),
              Optional.empty(),
              List.of())
          .joined(room.id(), epoch, Seq.NONE, "first", place -> place);

  private final TestConnection adas = ada.opens(room);
  private final TestConnection bobs = bob.connects();

  RestoreSubscriptionsTest() {
    bob.enters("tea", "secret");
  }

  private RestoreSubscriptions.Result resume(RecoveryState from, StreamOffset streamOffset) {
    return chat.restoreSubscriptions.resume(bob.who(), from, Optional.of(streamOffset), bobs);
  }

  private RestoreSubscriptions.Resumed resumed() {
    return (RestoreSubscriptions.Resumed)
        resume(recoveryState, new StreamOffset(room.id(), Seq.NONE, Optional.of("first")));
  }

  @Test
  void what_was_missed_comes_first_and_then_what_was_said_meanwhile() {
    ada.says(room, "missed");
    RestoreSubscriptions.Resumed rooms = resumed();
    ada.says(room, "meanwhile");
    assertThat(bobs.received()).isEmpty();

    rooms.activate();
    ada.says(room, "live");

    assertThat(bobs.heard()).containsExactly("missed", "meanwhile", "live");
    assertThat(adas.received(RoomEvent.UserJoined.class)).hasSize(1);
    chat.pass(RoomPresence.PAUSE);
    assertThat(bobs.received(RoomEvent.OnlineUsers.class).getLast().online()).isEqualTo(2);
  }

  @Test
  void who_is_sent_away_before_it_begins_is_told_and_leaves_nothing_behind() {
    RestoreSubscriptions.Resumed rooms = resumed();
    ada.removes(bob, room);
    bobs.forget();

    rooms.activate();
    ada.says(room, "among ourselves");

    assertThat(bobs.received()).containsExactly(new RoomEvent.MembershipEnded(room.id()));
    assertThat(chat.presence.online(room.id())).isEqualTo(1);
  }

  @Test
  void who_is_lost_before_it_begins_leaves_nothing_behind() {
    RestoreSubscriptions.Resumed rooms = resumed();
    assertThat(chat.registry.isIn(room.id(), bobs)).isTrue();

    rooms.cancel();

    assertThat(chat.registry.isIn(room.id(), bobs)).isFalse();
    assertThat(chat.presence.online(room.id())).isEqualTo(1);
    assertThat(adas.received(RoomEvent.UserJoined.class)).isEmpty();
  }

  @Test
  void who_is_refused_has_no_place_in_any_room() {
    RecoveryState ofAnotherTime =
        recoveryState.joined(
            room.id(), new RoomEpoch("before the restore"), Seq.NONE, "first", place -> place);

    assertThat(resume(ofAnotherTime, new StreamOffset(room.id(), Seq.NONE, Optional.of("first"))))
        .isEqualTo(new RestoreSubscriptions.Refused(RestoreSubscriptions.Reason.OTHER_EPOCH));
    assertThat(chat.registry.isIn(room.id(), bobs)).isFalse();
  }

  /** The first room gave a place before the second one refused. */
  @Test
  void who_is_refused_because_of_one_room_leaves_the_places_in_the_others() {
    Room club = bob.enters("club", "secret");
    RecoveryState ofTwo =
        recoveryState.joined(
            club.id(), new RoomEpoch("before the restore"), Seq.NONE, "second", place -> place);

    assertThat(resume(ofTwo, new StreamOffset(club.id(), Seq.NONE, Optional.of("second"))))
        .isEqualTo(new RestoreSubscriptions.Refused(RestoreSubscriptions.Reason.OTHER_EPOCH));
    assertThat(chat.registry.isIn(room.id(), bobs)).isFalse();
    assertThat(chat.registry.isIn(club.id(), bobs)).isFalse();
    // A stream without anybody in it is kept by nobody.
    assertThat(chat.registry.rooms()).containsExactly(room.id());
  }

  @Test
  void an_offset_beyond_what_the_room_has_ever_had_is_of_another_history() {
    ada.says(room, "one");

    assertThat(resume(recoveryState, StreamOffset.ofMessage(room.id(), new Seq(7))))
        .isEqualTo(new RestoreSubscriptions.Refused(RestoreSubscriptions.Reason.OTHER_EPOCH));
  }

  @Test
  void more_bytes_than_a_connection_bears_at_once_are_too_much() {
    for (int i = 0; i < 10; i++) {
      for (int n = 0; n < 10; n++) {
        ada.says(room, "x".repeat(2000));
      }
      chat.pass(java.time.Duration.ofSeconds(11));
    }

    assertThat(resume(recoveryState, new StreamOffset(room.id(), Seq.NONE, Optional.of("first"))))
        .isEqualTo(new RestoreSubscriptions.Refused(RestoreSubscriptions.Reason.TOO_MUCH));
  }
}
