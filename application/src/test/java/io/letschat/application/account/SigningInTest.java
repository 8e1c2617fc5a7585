package io.letschat.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningInTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void who_signs_up_is_signed_in() {
    var registered = (Register.Registered) register("bob@example.org", "bob");

    AuthenticatedUser who =
        chat.authenticate.authenticate(registered.session().token()).orElseThrow();
    assertThat(who.account()).isEqualTo(registered.account());
    assertThat(who.account().username()).contains(Username.of("bob"));
  }

  @Test
  void a_taken_address_and_a_taken_name_are_refused() {
    assertThat(register("ADA@example.org", "other")).isEqualTo(new Register.EmailTaken());
    assertThat(register("other@example.org", "Ada")).isEqualTo(new Register.UsernameTaken());
  }

  @Test
  void the_right_password_signs_in_and_a_wrong_one_or_an_unknown_address_do_not() {
    assertThat(logIn(" Ada@example.org", "password of ada")).isInstanceOf(LogIn.LoggedIn.class);
    assertThat(logIn("ada@example.org", "password of Ada")).isEqualTo(new LogIn.WrongCredentials());
    assertThat(logIn("nobody@example.org", "password of ada"))
        .isEqualTo(new LogIn.WrongCredentials());
  }

  @Test
  void failures_are_limited_for_known_and_unknown_addresses_alike() {
    for (String address : new String[] {"ada@example.org", "nobody@example.org"}) {
      var chat = new Chat();
      chat.someone("ada");
      for (int i = 0; i < Limit.LOGIN.defaultRate().times(); i++) {
        assertThat(logIn(chat, address, "guess " + i)).isEqualTo(new LogIn.WrongCredentials());
      }
      assertThat(logIn(chat, address, "password of ada")).isInstanceOf(LogIn.TooOften.class);
    }
  }

  @Test
  void a_session_ends_after_a_day() {
    var session = ((LogIn.LoggedIn) logIn("ada@example.org", "password of ada")).session();

    chat.pass(Session.LIFETIME.minusSeconds(1));
    assertThat(chat.authenticate.authenticate(session.token())).isPresent();
    chat.pass(Session.LIFETIME);
    assertThat(chat.authenticate.authenticate(session.token())).isEmpty();
  }

  @Test
  void signing_out_ends_the_session_and_tells_whoever_holds_something_open_in_its_name() {
    var session = ((LogIn.LoggedIn) logIn("ada@example.org", "password of ada")).session();

    chat.logOut.logOut(chat.authenticate.authenticate(session.token()).orElseThrow());

    assertThat(chat.authenticate.authenticate(session.token())).isEmpty();
    assertThat(chat.endedSessions).containsExactly(session.session().id());
    assertThat(chat.sessions.live(ada.who().session().id(), chat.clock.instant())).isPresent();
  }

  private Register.Result register(String email, String name) {
    return chat.register.register(
        new Register.Command(
            EmailAddress.of(email),
            Password.of("long enough"),
            Optional.of(Username.of(name)),
            Device.of("", "192.0.2.1")));
  }

  private LogIn.Result logIn(String email, String password) {
    return logIn(chat, email, password);
  }

  private static LogIn.Result logIn(Chat chat, String email, String password) {
    return chat.logIn.logIn(
        new LogIn.Command(EmailAddress.of(email), password, Device.of("", "192.0.2.1")));
  }
}
