package io.letschat.application.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.Register;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.testkit.Chat;
import io.letschat.testkit.PlainPasswordHasher;
import io.letschat.testkit.Someone;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinOrCreateRoomTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void the_first_one_creates_the_room_and_owns_it_and_the_second_one_joins() {
    Someone bob = chat.someone("bob");

    Room created = ada.enters("Tea", "secret");
    Room joined = bob.enters(" tEA ", "secret");

    assertThat(joined).isEqualTo(created);
    assertThat(created.isOwnedBy(ada.user())).isTrue();
    assertThat(chat.myRooms.of(bob.who())).hasSize(1);
  }

  @Test
  void a_wrong_password_does_not_open_the_room_not_even_for_a_member() {
    Room tea = ada.enters("tea", "secret");
    Someone bob = chat.someone("bob");

    assertThat(enter(bob.who(), Optional.empty(), "tea", "Secret"))
        .isEqualTo(new JoinOrCreateRoom.WrongPassword());
    assertThat(enter(ada.who(), Optional.empty(), "tea", "Secret"))
        .isEqualTo(new JoinOrCreateRoom.WrongPassword());
    assertThat(chat.rooms.of(bob.user(), tea.id())).isEmpty();
  }

  @Test
  void wrong_passwords_are_limited_and_right_ones_are_not() {
    ada.enters("tea", "secret");
    for (int i = 0; i < 30; i++) {
      ada.enters("tea", "secret");
    }
    Someone bob = chat.someone("bob");
    for (int i = 0; i < Limit.ROOM_PASSWORD.defaultRate().times(); i++) {
      assertThat(enter(bob.who(), Optional.empty(), "tea", "guess" + i))
          .isEqualTo(new JoinOrCreateRoom.WrongPassword());
    }

    var refused = (JoinOrCreateRoom.TooOften) enter(bob.who(), Optional.empty(), "tea", "secret");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(15));

    chat.pass(refused.retryAfter());
    assertThat(enter(bob.who(), Optional.empty(), "tea", "secret"))
        .isInstanceOf(JoinOrCreateRoom.Entered.class);
  }

  @Test
  void an_account_without_a_name_says_one_once() {
    AuthenticatedUser nameless = nameless();

    assertThat(enter(nameless, Optional.empty(), "tea", "secret"))
        .isEqualTo(new JoinOrCreateRoom.UsernameRequired());
    assertThat(enter(nameless, Optional.of("Ada"), "tea", "secret"))
        .isEqualTo(new JoinOrCreateRoom.UsernameTaken());
    var entered = (JoinOrCreateRoom.Entered) enter(nameless, Optional.of("nemo"), "tea", "secret");
    assertThat(entered.username()).isEqualTo(Username.of("nemo"));
    // The session was read before the name was there, as with two requests at once.
    assertThat(enter(nameless, Optional.of("other"), "tea", "secret"))
        .isEqualTo(new JoinOrCreateRoom.NamedOtherwise(Username.of("nemo")));
  }

  @Test
  void a_named_account_enters_only_under_its_own_name() {
    assertThat(enter(ada.who(), Optional.of("ADA"), "tea", "secret"))
        .isInstanceOf(JoinOrCreateRoom.Entered.class);
    assertThat(enter(ada.who(), Optional.of("grace"), "tea", "secret"))
        .isEqualTo(new JoinOrCreateRoom.NamedOtherwise(Username.of("ada")));
  }

  @Test
  void a_room_whose_name_is_refused_today_is_joined_but_not_made() {
    Someone bob = chat.someone("bob");
    RoomName blank = RoomName.stored("\u1160");
    chat.rooms.create(
        blank, new PlainPasswordHasher().hash("secret"), ada.user(), chat.clock.instant());

    assertThat(enter(bob.who(), Optional.empty(), "\u3164", "secret"))
        .isInstanceOfSatisfying(
            JoinOrCreateRoom.Entered.class,
            entered -> assertThat(entered.room().name()).isEqualTo(blank));
    assertThat(enter(bob.who(), Optional.empty(), "\u2800", "secret"))
        .isInstanceOfSatisfying(
            JoinOrCreateRoom.NameRefused.class,
            refused ->
                assertThat(Sentences.english().of(refused.sentence()))
                    .isEqualTo("The name of a room needs something that can be seen."));
  }

  @Test
  void a_room_is_not_made_under_a_name_that_looks_like_another_one_s() {
    ada.enters("tea", "secret");

    assertThat(enter(chat.someone("bob").who(), Optional.empty(), "t\u0435a", "secret"))
        .isEqualTo(new JoinOrCreateRoom.LooksLikeAnother());
  }

  private JoinOrCreateRoom.Result enter(
      AuthenticatedUser who, Optional<String> name, String room, String password) {
    return chat.joinOrCreateRoom.enter(
        new JoinOrCreateRoom.Command(
            who,
            name.map(Username::of),
            RoomName.typed(room),
            RoomPassword.of(password),
            "192.0.2.1"));
  }

  private AuthenticatedUser nameless() {
    var command =
        new Register.Command(
            EmailAddress.of("nemo@example.org"),
            Password.of("long enough"),
            Optional.empty(),
            Device.of("", "192.0.2.1"));
    var registered = (Register.Registered) chat.register.register(command);
    return chat.authenticate.authenticate(registered.session().token()).orElseThrow();
  }
}
