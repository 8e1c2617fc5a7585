package io.letschat.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.testkit.Chat;
import io.letschat.testkit.CountingPasswordHasher;
import io.letschat.testkit.PlainSessionTokens;
import io.letschat.testkit.Someone;
import io.letschat.testkit.Stores;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices compose an é differently, and nobody sees it: once these were two passwords. */
class ComposedPasswordsTest {
  /** In neither form: an angstrom sign, which NFC changes, and an accent of its own. */
  private static final String MIXED = "\u212bngstr\u00f6m cafe\u0301";

  private static final String COMPOSED = Normalizer.normalize(MIXED, Form.NFC);
  private static final String DECOMPOSED = Normalizer.normalize(MIXED, Form.NFD);

  private final Chat chat = new Chat();
  private final CountingPasswordHasher passwords = new CountingPasswordHasher();
  private final LogIn logIn =
      new LogIn(
          chat.accounts,
          passwords,
          new SessionOpener(chat.sessions, new PlainSessionTokens(), new Random(1), chat.clock),
          new LocalRateLimiter(Map.of(), chat.clock));
  private final RoomAccess access =
      new RoomAccess(
          chat.rooms,
          chat.rooms,
          passwords,
          new LocalRateLimiter(Map.of(), chat.clock),
          chat.clock);

  @ParameterizedTest
  @CsvSource({
    "composed, decomposed, 2",
    "decomposed, composed, 2",
    "mixed, mixed, 1",
    "composed, mixed, 2",
    "decomposed, mixed, 3"
  })
  void an_account_opens_in_either_form_and_is_hashed_anew(
      String chosen, String typed, int comparisons) {
    signUp(form(chosen));

    assertThat(logIn("ada@example.org", form(typed))).isInstanceOf(LogIn.LoggedIn.class);
    assertThat(passwords.compared()).isEqualTo(comparisons);
    assertThat(kept()).isEqualTo(passwords.hash(form(typed)));

    assertThat(logIn("ada@example.org", form(typed))).isInstanceOf(LogIn.LoggedIn.class);
    assertThat(passwords.compared()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"composed, 2", "decomposed, 2", "mixed, 3", "plain, 1"})
  void a_wrong_password_costs_as_much_as_an_unknown_address(String typed, int comparisons) {
    signUp("another password");

    assertThat(logIn("ada@example.org", form(typed))).isEqualTo(new LogIn.WrongCredentials());
    assertThat(passwords.compared()).isEqualTo(comparisons);
    assertThat(logIn("nobody@example.org", form(typed))).isEqualTo(new LogIn.WrongCredentials());
    assertThat(passwords.compared()).isEqualTo(comparisons);
  }

  @Test
  void a_form_that_is_too_long_to_be_hashed_opens_and_leaves_the_hash_as_it_is() {
    String syllables = "\uac01".repeat(20);
    signUp(syllables);
    PasswordHash before = kept();

    assertThat(logIn("ada@example.org", Normalizer.normalize(syllables, Form.NFD)))
        .isInstanceOf(LogIn.LoggedIn.class);
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void a_room_opens_in_either_form_and_is_hashed_anew() {
    Someone ada = chat.someone("ada");
    Room room = room(ada, COMPOSED);

    assertThat(unlock(ada, room, DECOMPOSED)).isInstanceOf(RoomAccess.Admitted.class);
    assertThat(passwords.compared()).isEqualTo(2);
    assertThat(unlock(ada, room, DECOMPOSED)).isInstanceOf(RoomAccess.Admitted.class);
    assertThat(passwords.compared()).isOne();
    assertThat(unlock(ada, room, COMPOSED)).isInstanceOf(RoomAccess.Admitted.class);
  }

  @Test
  void a_wrong_password_for_a_room_costs_as_much_as_one_for_a_room_that_is_not_there() {
    Someone ada = chat.someone("ada");
    Room room = room(ada, "another");

    assertThat(unlock(ada, room, MIXED)).isEqualTo(new RoomAccess.WrongPassword());
    assertThat(passwords.compared()).isEqualTo(3);
    assertThat(
            access.unlock(
                ada.who(), new RoomId(4711), Optional.empty(), RoomPassword.of(MIXED), "192.0.2.1"))
        .isEqualTo(new RoomAccess.WrongPassword());
    assertThat(passwords.compared()).isEqualTo(3);
  }

  private static String form(String name) {
    return switch (name) {
      case "composed" -> COMPOSED;
      case "decomposed" -> DECOMPOSED;
      case "mixed" -> MIXED;
      default -> "plain password";
    };
  }

  private void signUp(String password) {
    chat.register.register(
        new Register.Command(
            EmailAddress.of("ada@example.org"),
            Password.of(password),
            Optional.empty(),
            Device.of("", "192.0.2.1")));
  }

  private PasswordHash kept() {
    return chat.accounts.withEmail(EmailAddress.of("ada@example.org")).orElseThrow().password();
  }

  private LogIn.Result logIn(String email, String password) {
    return logIn.logIn(
        new LogIn.Command(EmailAddress.of(email), password, Device.of("", "192.0.2.1")));
  }

  private Room room(Someone owner, String password) {
    return chat.rooms
        .create(RoomName.of("tea"), passwords.hash(password), owner.user(), Stores.NOON)
        .orElseThrow();
  }

  private RoomAccess.Entry unlock(Someone who, Room room, String password) {
    Optional<Rooms.Locked> locked = chat.rooms.find(room.id());
    return access.unlock(who.who(), room.id(), locked, RoomPassword.of(password), "192.0.2.1");
  }
}
