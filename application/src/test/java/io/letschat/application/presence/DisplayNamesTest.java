package io.letschat.application.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent.OnlineUsers;
import io.letschat.application.delivery.RoomEvent.UserJoined;
import io.letschat.application.delivery.RoomEvent.UserLeft;
import io.letschat.application.delivery.RoomEvent.UserStoppedTyping;
import io.letschat.application.delivery.RoomEvent.UserTyping;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody takes another name while sockets are open. */
class DisplayNamesTest {
  private static final Username COUNTESS = Username.of("Countess");

  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Room tea = ada.enters("tea", "secret");
  private final Room club = ada.enters("club", "secret");
  private final TestConnection adas = ada.opens(tea);
  private final Member member = chat.rooms.of(ada.user(), tea.id()).orElseThrow();
  private final Person countess = new Person(ada.user(), COUNTESS);
  private final TestConnection bobs;

  DisplayNamesTest() {
    bob.enters("tea", "secret");
    bobs = bob.opens(tea);
    settle();
    bobs.forget();
  }

  @Test
  void the_rooms_are_told_at_once_and_once_a_second_at_most() {
    renames("first");
    renames("second");
    renames("Countess");
    chat.pass(Duration.ZERO);
    assertThat(bobs.received(OnlineUsers.class)).hasSize(1);

    settle();

    assertThat(bobs.received(OnlineUsers.class).size()).isLessThanOrEqualTo(2);
    OnlineUsers latest = bobs.received(OnlineUsers.class).getLast();
    assertThat(latest.latest()).hasSize(2).contains(countess);
    assertThat(latest.someoneCame()).isFalse();
    assertThat(adas.received(OnlineUsers.class).getLast()).isEqualTo(latest);
  }

  @Test
  void all_that_a_socket_opened_before_does_is_told_under_the_new_name() {
    chat.typing.start(member, adas);
    renames("Countess");
    settle();
    chat.typing.stop(member, adas);
    chat.typing.start(member, adas);
    ada.says(tea, "hello");
    ada.closes(tea, adas);
    ada.opens(tea);

    assertThat(bobs.received(UserTyping.class))
        .extracting(event -> event.person().name().text())
        .containsExactly("ada", "Countess");
    assertThat(bobs.received(UserStoppedTyping.class))
        .extracting(UserStoppedTyping::person)
        .containsOnly(countess);
    assertThat(bobs.messages())
        .extracting(message -> message.senderName().text())
        .containsExactly("Countess");
    assertThat(bobs.received(UserLeft.class)).extracting(UserLeft::person).containsOnly(countess);
    assertThat(bobs.received(UserJoined.class))
        .extracting(UserJoined::person)
        .containsOnly(countess);
  }

  @Test
  void a_renaming_of_which_no_news_came_is_noticed_by_the_next_comparison() {
    // As by another node whose announcement was lost.
    chat.accounts.rename(ada.user(), COUNTESS);
    settle();
    assertThat(bobs.received(OnlineUsers.class)).isEmpty();

    chat.names.compare();
    settle();
    chat.typing.start(member, adas);

    assertThat(bobs.received(OnlineUsers.class))
        .singleElement()
        .satisfies(list -> assertThat(list.latest()).contains(countess));
    assertThat(bobs.received(UserTyping.class))
        .extracting(UserTyping::person)
        .containsExactly(countess);
  }

  @Test
  void only_the_rooms_in_which_the_person_is_are_told_and_nobody_of_what_did_not_change() {
    bob.enters("club", "secret");
    TestConnection elsewhere = bob.opens(club);
    settle();
    elsewhere.forget();

    renames("Countess");
    settle();
    assertThat(elsewhere.received(OnlineUsers.class)).isEmpty();
    bobs.forget();

    chat.names.renamed(ada.user());
    chat.names.compare();
    settle();
    assertThat(bobs.received(OnlineUsers.class)).isEmpty();
  }

  @Test
  void the_people_of_a_node_that_died_leave_under_the_names_they_have_now() {
    Someone carl = chat.someone("carl");
    chat.accounts.rename(carl.user(), Username.of("Charles"));

    chat.roomPresence.gone(tea.id(), List.of(carl.user()));
    settle();

    assertThat(bobs.received(UserLeft.class))
        .extracting(event -> event.person().name().text())
        .containsExactly("Charles");
    assertThat(bobs.received(OnlineUsers.class)).hasSize(1);
  }

  private void renames(String name) {
    chat.changeUsername.change(ada.who(), Username.of(name));
  }

  private void settle() {
    chat.pass(RoomPresence.PAUSE.multipliedBy(3));
  }
}
