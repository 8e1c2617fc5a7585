package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.presence.Presence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import org.junit.jupiter.api.Test;

/** What every {@link Presence} keeps. */
public abstract class PresenceContract {
  private static final RoomId ROOM = new RoomId(7);
  private static final UserId ADA = new UserId(1);
  private static final UserId BOB = new UserId(2);

  /** An empty one, the same during a test. */
  protected abstract Presence presence();

  @Test
  void two_sockets_of_one_person_are_one_person() {
    assertThat(presence().arrive(ROOM, ADA, "a1").changed()).isTrue();
    assertThat(presence().arrive(ROOM, ADA, "a2").changed()).isFalse();
    assertThat(presence().online(ROOM)).isEqualTo(1);
    assertThat(presence().depart(ROOM, ADA, "a1").changed()).isFalse();
    assertThat(presence().online(ROOM)).isEqualTo(1);
    assertThat(presence().depart(ROOM, ADA, "a2").changed()).isTrue();
    assertThat(presence().online(ROOM)).isZero();
  }

  @Test
  void a_socket_that_arrives_or_departs_twice_counts_once() {
    presence().arrive(ROOM, ADA, "a1");
    assertThat(presence().arrive(ROOM, ADA, "a1").changed()).isFalse();
    assertThat(presence().depart(ROOM, ADA, "a1").changed()).isTrue();
    assertThat(presence().depart(ROOM, ADA, "a1").changed()).isFalse();
    assertThat(presence().depart(ROOM, BOB, "b1").changed()).isFalse();
  }

  @Test
  void who_comes_and_goes_is_told_how_many_are_there() {
    assertThat(presence().arrive(ROOM, ADA, "a1").online()).isEqualTo(1);
    assertThat(presence().arrive(ROOM, BOB, "b1").online()).isEqualTo(2);
    assertThat(presence().arrive(ROOM, BOB, "b2").online()).isEqualTo(2);
    assertThat(presence().depart(ROOM, BOB, "b1").online()).isEqualTo(2);
    assertThat(presence().depart(ROOM, BOB, "b1").online()).isEqualTo(2);
    assertThat(presence().depart(ROOM, BOB, "b2").online()).isEqualTo(1);
    assertThat(presence().depart(ROOM, ADA, "a1").online()).isZero();
    assertThat(presence().depart(ROOM, ADA, "a1").online()).isZero();
  }

  @Test
  void those_who_came_last_are_listed_first() {
    presence().arrive(ROOM, ADA, "a1");
    presence().arrive(ROOM, BOB, "b1");
    presence().arrive(ROOM, ADA, "a2");

    assertThat(presence().latest(ROOM, 10)).containsExactly(BOB, ADA);
    assertThat(presence().latest(ROOM, 1)).containsExactly(BOB);
  }

  @Test
  void rooms_do_not_know_of_each_other() {
    presence().arrive(ROOM, ADA, "a1");

    assertThat(presence().online(new RoomId(8))).isZero();
    assertThat(presence().depart(new RoomId(8), ADA, "a1").changed()).isFalse();
    assertThat(presence().latest(ROOM, 10)).containsExactly(ADA);
  }
}
