package io.letschat.application.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.StoreUnavailable;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.Stores;
import io.letschat.testkit.TestConnection;
import org.junit.jupiter.api.Test;

/** What others have ended, of which nothing was heard here. */
class EnforceRevocationsTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Room room = ada.enters("tea", "secret");
  private final TestConnection bobs;

  EnforceRevocationsTest() {
    bob.enters("tea", "secret");
    bobs = bob.opens(room);
    chat.enforceRevocations.enforce();
  }

  @Test
  void the_sockets_of_a_session_that_was_ended_close_once() {
    chat.sessions.end(bob.who().session().id());
    chat.enforceRevocations.enforce();
    chat.enforceRevocations.enforce();

    assertThat(chat.endedSessions).containsExactly(bob.who().session().id());
    assertThat(chat.comparisons).hasValue(0);
  }

  @Test
  void the_sockets_of_a_member_who_was_removed_leave_the_room_and_are_told() {
    chat.rooms.end(room.id(), bob.user());
    bobs.forget();
    chat.enforceRevocations.enforce();
    ada.says(room, "among ourselves");

    assertThat(bobs.received()).containsExactly(new RoomEvent.MembershipEnded(room.id()));
    assertThat(chat.presence.online(room.id())).isZero();
  }

  @Test
  void who_was_removed_and_admitted_again_stays() {
    chat.rooms.end(room.id(), bob.user());
    chat.rooms.admit(room.id(), bob.user(), Stores.NOON);
    chat.enforceRevocations.enforce();
    ada.says(room, "welcome back");

    assertThat(bobs.heard()).containsExactly("welcome back");
  }

  @Test
  void what_ended_while_the_database_was_away_takes_effect_once_it_answers() {
    chat.sessions.end(bob.who().session().id());
    chat.outage.begin();
    assertThatThrownBy(chat.enforceRevocations::enforce).isInstanceOf(StoreUnavailable.class);
    assertThat(chat.endedSessions).isEmpty();
    chat.outage.end();

    chat.enforceRevocations.enforce();

    assertThat(chat.endedSessions).containsExactly(bob.who().session().id());
  }

  @Test
  void everything_is_compared_where_the_place_in_the_list_is_lost() {
    chat.accounts.revocations().restore();
    chat.enforceRevocations.enforce();
    assertThat(chat.comparisons).hasValue(1);

    chat.enforceRevocations.enforce();
    assertThat(chat.comparisons).hasValue(1);

    // Some of the list may have been forgotten meanwhile.
    chat.pass(Revocations.KEPT.dividedBy(2));
    chat.enforceRevocations.enforce();
    assertThat(chat.comparisons).hasValue(2);
  }
}
