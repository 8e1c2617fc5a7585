package io.letschat.application.delivery.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.Target;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterEventHandlerTest {
  private final Told told = new Told();
  private final Chat chat = Chat.amongOthers(told);
  private final Someone ada = chat.someone("ada");
  private final Room tea = ada.enters("tea", "secret");

  /** What the other nodes hear, in order. */
  private static final class Told implements ClusterBus {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void publish(Target target, RoomEvent event) {
      all.add(event);
    }

    @Override
    public void announce(ClusterEvent news) {
      all.add(news);
    }

    @Override
    public void listen(RoomId room) {
      all.add("listen " + room);
    }

    @Override
    public void ignore(RoomId room) {
      all.add("ignore " + room);
    }
  }

  @Test
  void a_node_listens_to_a_room_while_somebody_there_does() {
    TestConnection first = ada.opens(tea);
    TestConnection second = ada.opens(tea);
    ada.closes(tea, first);
    assertThat(told.all).contains("listen " + tea.id()).doesNotContain("ignore " + tea.id());

    ada.closes(tea, second);
    assertThat(told.all).containsOnlyOnce("listen " + tea.id(), "ignore " + tea.id());
  }

  @Test
  void messages_are_told_to_the_others_and_lists_of_people_are_not() {
    ada.opens(tea);
    chat.pass(Duration.ofSeconds(3));
    var message = ada.says(tea, "hello");

    assertThat(told.all).contains(new RoomEvent.MessageSent(message));
    assertThat(told.all).contains(new ClusterEvent.PresenceChanged(tea.id(), true));
    assertThat(told.all).noneMatch(RoomEvent.OnlineUsers.class::isInstance);
  }

  @Test
  void what_has_changed_elsewhere_is_told_here_and_not_back() {
    TestConnection adas = ada.opens(tea);
    chat.pass(Duration.ofSeconds(3));
    adas.forget();
    told.all.clear();

    chat.roomPresence.changedElsewhere(tea.id(), true);
    chat.pass(Duration.ofSeconds(3));

    assertThat(adas.received(RoomEvent.OnlineUsers.class)).hasSize(1);
    assertThat(told.all).isEmpty();
  }

  @Test
  void a_renaming_is_told_to_the_others_and_to_the_rooms() {
    TestConnection adas = ada.opens(tea);
    chat.pass(Duration.ofSeconds(3));
    adas.forget();
    told.all.clear();

    chat.changeUsername.change(ada.who(), Username.of("Countess"));
    chat.pass(Duration.ofSeconds(3));

    assertThat(told.all)
        .containsExactly(
            new ClusterEvent.Renamed(ada.user()),
            new ClusterEvent.PresenceChanged(tea.id(), false));
    assertThat(adas.received(RoomEvent.OnlineUsers.class)).hasSize(1);
  }

  @Test
  void a_membership_that_ended_is_told_to_the_others() {
    Someone bob = chat.someone("bob");
    bob.enters("tea", "secret");
    ada.removes(bob, tea);

    assertThat(told.all)
        .filteredOn(ClusterEvent.MembershipEnded.class::isInstance)
        .singleElement()
        .satisfies(news ->
            assertThat(((ClusterEvent.MembershipEnded) news).member().user())
                .isEqualTo(bob.user()));
  }

  @Test
  void a_session_that_ended_is_told_to_the_others() {
    chat.logOut.logOut(ada.who());

    assertThat(chat.endedSessions).containsExactly(ada.who().session().id());
    assertThat(told.all).contains(new ClusterEvent.SessionEnded(ada.who().session().id()));
  }

  @Test
  void an_event_for_a_person_reaches_each_of_their_sockets_in_whatever_room_or_none() {
    Someone bob = chat.someone("bob");
    bob.enters("tea", "secret");
    TestConnection inTea = ada.opens(tea);
    TestConnection inNone = ada.connects();
    TestConnection closed = ada.connects();
    chat.registry.opened(inNone);
    chat.registry.opened(closed);
    chat.registry.closed(closed);
    TestConnection bobs = bob.opens(tea);
    told.all.clear();
    var event = new RoomEvent.MembershipEnded(new RoomId(77));

    chat.broadcast.publish(new Target.Person(ada.user()), event);
    chat.broadcast.publish(new Target.Connection(inNone.id()), event);

    assertThat(inTea.received(RoomEvent.MembershipEnded.class)).containsExactly(event);
    assertThat(inNone.received()).containsExactly(event, event);
    assertThat(closed.received()).isEmpty();
    assertThat(bobs.received(RoomEvent.MembershipEnded.class)).isEmpty();
    assertThat(told.all).containsExactly(event, event);
  }
}
