package io.letschat.application.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import org.junit.jupiter.api.Test;

class EndMembershipTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Someone eve = chat.someone("eve");
  private final Room tea = ada.enters("tea", "secret");

  @Test
  void the_owner_removes_a_member_whose_sockets_leave_at_once() {
    bob.enters("tea", "secret");
    TestConnection first = bob.opens(tea);
    TestConnection second = bob.opens(tea);
    TestConnection adas = ada.opens(tea);

    assertThat(ada.removes(bob, tea)).isEqualTo(new EndMembership.Ended());
    ada.says(tea, "among ourselves");

    assertThat(first.received(RoomEvent.MembershipEnded.class)).hasSize(1);
    assertThat(second.received(RoomEvent.MembershipEnded.class)).hasSize(1);
    assertThat(first.heard()).isEmpty();
    assertThat(adas.received(RoomEvent.UserLeft.class)).hasSize(1);
  }

  @Test
  void a_member_ends_the_own_membership() {
    bob.enters("tea", "secret");

    assertThat(bob.leaves(tea)).isEqualTo(new EndMembership.Ended());
    assertThat(chat.myRooms.of(bob.who())).isEmpty();
  }

  @Test
  void only_the_owner_removes_others() {
    bob.enters("tea", "secret");
    eve.enters("tea", "secret");

    assertThat(bob.removes(eve, tea)).isEqualTo(new EndMembership.NotTheOwner());
    assertThat(chat.rooms.of(eve.user(), tea.id())).isPresent();
  }

  @Test
  void a_stranger_learns_nothing() {
    assertThat(eve.removes(ada, tea)).isEqualTo(new EndMembership.NotFound());
    assertThat(eve.leaves(tea)).isEqualTo(new EndMembership.NotFound());
    assertThat(ada.removes(eve, tea)).isEqualTo(new EndMembership.NotFound());
  }
}
