package io.letschat.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.presence.JoinRoom;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static final String FROM = "192.0.2.1";

  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void the_mailed_code_verifies_the_address() {
    assertThat(asks(ada)).isEqualTo(new RequestVerification.Sent());
    OneTimeCode code = chat.mail.lastCodeFor("ada@example.org");

    assertThat(chat.verifyEmail.verify(ada.who(), code, FROM))
        .isEqualTo(new VerifyEmail.Verified());

    assertThat(chat.accounts.find(ada.who().account().id()).orElseThrow().verified()).isTrue();
    assertThat(chat.mail.latest().getFirst().purpose()).isEqualTo(CodePurpose.VERIFICATION);
  }

  @Test
  void a_code_of_somebody_else_verifies_nothing() {
    Someone bob = chat.someone("bob");
    asks(ada);
    OneTimeCode code = chat.mail.lastCodeFor("ada@example.org");

    assertThat(chat.verifyEmail.verify(bob.who(), code, FROM))
        .isEqualTo(new VerifyEmail.InvalidCode());
  }

  @Test
  void who_is_verified_needs_no_code() {
    AuthenticatedUser verified = verified(ada);

    assertThat(chat.requestVerification.request(verified, FROM))
        .isEqualTo(new RequestVerification.VerifiedBefore());
    assertThat(chat.verifyEmail.verify(verified, new OneTimeCode("123456"), FROM))
        .isEqualTo(new VerifyEmail.Verified());
    assertThat(chat.mail.latest()).isEmpty();
  }

  @Test
  void what_became_of_the_mail_is_told_and_a_code_whose_mail_is_late_is_good() {
    chat.mail.outcome = CodeMail.Sending.REFUSED;
    assertThat(asks(ada)).isEqualTo(new RequestVerification.Failed());
    chat.mail.outcome = CodeMail.Sending.DELAYED;
    assertThat(asks(ada)).isEqualTo(new RequestVerification.Delayed());
    chat.mail.available = false;
    assertThat(asks(ada)).isEqualTo(new RequestVerification.Unavailable());
  }

  @Test
  void mails_and_tries_are_limited() {
    for (int i = 0; i < Limit.OTP_REQUEST.defaultRate().times(); i++) {
      assertThat(chat.requestVerification.request(ada.who(), "192.0.2." + i))
          .isEqualTo(new RequestVerification.Sent());
    }
    assertThat(chat.requestVerification.request(ada.who(), "192.0.2.99"))
        .isInstanceOf(RequestVerification.TooOften.class);

    OneTimeCode code = chat.mail.lastCodeFor("ada@example.org");
    var wrong = new OneTimeCode(code.digits().equals("000000") ? "000001" : "000000");
    for (int i = 0; i < Limit.OTP_VERIFY.defaultRate().times(); i++) {
      assertThat(chat.verifyEmail.verify(ada.who(), wrong, "192.0.2." + i))
          .isEqualTo(new VerifyEmail.InvalidCode());
    }
    assertThat(chat.verifyEmail.verify(ada.who(), code, "192.0.2.99"))
        .isInstanceOf(VerifyEmail.TooOften.class);
  }

  @Test
  void where_it_is_wanted_only_verified_people_join_rooms_and_members_stay() {
    var chat = Chat.forVerifiedPeople();
    Someone ada = chat.someone("ada");
    Someone bob = chat.someone("bob");
    assertThat(enters(chat, ada.who())).isEqualTo(new JoinOrCreateRoom.NotVerified());

    chat.accounts.verify(ada.who().account().id());
    Room room = ((JoinOrCreateRoom.Entered) enters(chat, ada.who())).room();
    assertThat(enters(chat, bob.who())).isEqualTo(new JoinOrCreateRoom.NotVerified());
    assertThat(opens(chat, bob, room)).isEqualTo(new JoinRoom.NotVerified());

    // The socket was opened before; the address is verified on another page meanwhile.
    chat.accounts.verify(bob.who().account().id());
    assertThat(opens(chat, bob, room)).isInstanceOf(JoinRoom.Joined.class);
  }

  private RequestVerification.Result asks(Someone someone) {
    return chat.requestVerification.request(someone.who(), FROM);
  }

  private AuthenticatedUser verified(Someone someone) {
    chat.accounts.verify(someone.who().account().id());
    return chat.sessions.live(someone.who().session().id(), chat.clock.instant()).orElseThrow();
  }

  private static JoinOrCreateRoom.Result enters(Chat chat, AuthenticatedUser who) {
    return chat.joinOrCreateRoom.enter(
        new JoinOrCreateRoom.Command(
            who, Optional.empty(), RoomName.of("tea"), RoomPassword.of("secret"), FROM));
  }

  private static JoinRoom.Result opens(Chat chat, Someone who, Room room) {
    return chat.joinRoom.open(
        new JoinRoom.Command(
            who.who(),
            room.id(),
            Optional.of(RoomPassword.of("secret")),
            Optional.empty(),
            who.connects(),
            FROM));
  }
}
