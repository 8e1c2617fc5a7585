package io.letschat.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which offsets prove that a client has got what was sent to it. */
class RecoveryStateTest {
  private static final RoomId TEA = new RoomId(1);
  private static final RoomId CLUB = new RoomId(2);
  private static final RoomEpoch EPOCH = new RoomEpoch("epoch");

  private static RecoveryState cameWith(Optional<StreamOffset> streamOffset) {
    return new RecoveryState(
        new RecoveryState.Key(new UserId(7), "pid"),
        "holder",
        "socket",
        "README",
        streamOffset,
        Optional.empty(),
        List.of());
  }

  private static RecoveryState joined(RecoveryState before, RoomId room, long last, String name) {
    return before.joined(room, EPOCH, new Seq(last), name, place -> place);
  }

  private static Optional<RoomId> proven(RecoveryState recoveryState, StreamOffset streamOffset) {
    return recoveryState.provenBy(streamOffset).map(RecoveryState.Place::room);
  }

  @Test
  void a_message_after_the_answer_to_the_join_proves_it() {
    RecoveryState recoveryState = joined(cameWith(Optional.empty()), TEA, 3, "first");

    assertThat(proven(recoveryState, StreamOffset.ofMessage(TEA, new Seq(4)))).contains(TEA);
    assertThat(proven(recoveryState, StreamOffset.ofMessage(TEA, new Seq(3)))).isEmpty();
    assertThat(proven(recoveryState, StreamOffset.ofMessage(CLUB, new Seq(4)))).isEmpty();
    assertThat(proven(recoveryState, new StreamOffset(TEA, new Seq(3), Optional.of("first"))))
        .contains(TEA);
    assertThat(proven(recoveryState, new StreamOffset(TEA, new Seq(3), Optional.of("other"))))
        .isEmpty();
  }

  /** Clients keep the last offset that they have, also of an earlier socket. */
  @Test
  void the_offset_that_a_client_came_with_says_nothing_about_its_new_socket() {
    StreamOffset stale = StreamOffset.ofMessage(TEA, new Seq(5));
    RecoveryState recoveryState = joined(cameWith(Optional.of(stale)), TEA, 3, "first");

    assertThat(proven(recoveryState, stale)).isEmpty();
    assertThat(proven(recoveryState, StreamOffset.ofMessage(TEA, new Seq(6)))).contains(TEA);
  }

  /** It may have been sent before the answer to the join of the other room. */
  @Test
  void an_offset_of_another_room_than_the_latest_joined_proves_nothing_about_that() {
    RecoveryState recoveryState =
        joined(joined(cameWith(Optional.empty()), TEA, 3, "first"), CLUB, 8, "second");

    assertThat(proven(recoveryState, StreamOffset.ofMessage(TEA, new Seq(4)))).isEmpty();
    assertThat(proven(recoveryState, StreamOffset.ofMessage(CLUB, new Seq(9)))).contains(CLUB);
    assertThat(proven(recoveryState.in(TEA::equals), StreamOffset.ofMessage(TEA, new Seq(4))))
        .contains(TEA);
  }
}
