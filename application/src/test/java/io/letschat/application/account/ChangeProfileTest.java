package io.letschat.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people see and change of their own account: their sessions and their name. */
class ChangeProfileTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void one_sees_where_one_is_signed_in() {
    chat.clock.advance(Duration.ofMinutes(5));
    Session phone = signsIn("ada", "Phone");

    assertThat(chat.mySessions.of(ada.who())).containsExactly(phone, ada.who().session());
    assertThat(phone.device()).isEqualTo(new Device("Phone", "192.0.2.7"));
  }

  @Test
  void a_session_that_is_revoked_ends_and_what_it_holds_open_closes() {
    Session phone = signsIn("ada", "Phone");

    assertThat(chat.mySessions.revoke(ada.who(), phone.id().handle())).isTrue();

    assertThat(chat.mySessions.of(ada.who())).containsExactly(ada.who().session());
    assertThat(chat.endedSessions).containsExactly(phone.id());
    assertThat(chat.mySessions.revoke(ada.who(), phone.id().handle())).isFalse();
  }

  @Test
  void nobody_revokes_a_session_of_somebody_else() {
    Someone bob = chat.someone("bob");

    assertThat(chat.mySessions.revoke(bob.who(), ada.who().session().id().handle())).isFalse();

    assertThat(chat.mySessions.of(ada.who())).hasSize(1);
    assertThat(chat.endedSessions).isEmpty();
  }

  @Test
  void signing_out_everywhere_ends_all_of_one_s_own_sessions() {
    Someone bob = chat.someone("bob");
    Session phone = signsIn("ada", "Phone");

    chat.mySessions.revokeAll(ada.who());

    assertThat(chat.mySessions.of(ada.who())).isEmpty();
    assertThat(chat.endedSessions).containsExactlyInAnyOrder(phone.id(), ada.who().session().id());
    assertThat(chat.mySessions.of(bob.who())).hasSize(1);
  }

  @Test
  void another_name_shows_on_what_was_said_before_and_on_what_is_said_through_an_open_socket() {
    Room room = ada.enters("tea", "secret");
    var connection = ada.opens(room);
    ada.says(room, "before");

    assertThat(chat.changeUsername.change(ada.who(), Username.of("Countess")))
        .isEqualTo(new ChangeUsername.Changed(Username.of("Countess")));
    ada.says(room, "after");

    assertThat(ada.reads(room))
        .extracting(message -> message.senderName().text())
        .containsExactly("Countess", "Countess");
    assertThat(connection.messages())
        .extracting(message -> message.senderName().text())
        .containsExactly("ada", "Countess");
  }

  @Test
  void a_name_of_somebody_else_is_not_to_be_had() {
    chat.someone("bob");
    assertThat(chat.changeUsername.change(ada.who(), Username.of("BOB")))
        .isEqualTo(new ChangeUsername.Taken());
    assertThat(chat.accounts.find(ada.who().account().id()).orElseThrow().username())
        .contains(Username.of("ada"));
  }

  private Session signsIn(String name, String userAgent) {
    var command =
        new LogIn.Command(
            EmailAddress.of(name + "@example.org"),
            "password of " + name,
            Device.of(userAgent, "192.0.2.7"));
    return ((LogIn.LoggedIn) chat.logIn.logIn(command)).session().session();
  }
}
