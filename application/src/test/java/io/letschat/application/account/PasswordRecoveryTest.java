package io.letschat.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.session.SessionOpener;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.domain.account.Password;
import io.letschat.domain.limit.Limit;
import io.letschat.testkit.Chat;
import io.letschat.testkit.PlainPasswordHasher;
import io.letschat.testkit.PlainSessionTokens;
import io.letschat.testkit.Someone;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PasswordRecoveryTest {
  private static final String ADA = "ada@example.org";
  private static final String NOBODY = "nobody@example.org";

  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void who_forgot_the_password_chooses_another_with_the_mailed_code() {
    assertThat(forgets("  Ada@EXAMPLE.org ")).isEqualTo(new RequestPasswordReset.Accepted());
    chat.pass(Duration.ofMinutes(1));

    assertThat(resets(ADA, chat.mail.lastCodeFor(ADA))).isEqualTo(new ResetPassword.Changed());

    assertThat(logIn("password of ada")).isInstanceOf(LogIn.WrongCredentials.class);
    assertThat(logIn("another password")).isInstanceOf(LogIn.LoggedIn.class);
  }

  @Test
  void the_mail_goes_out_after_the_answer() {
    forgets(ADA);
    assertThat(chat.mail.latest()).isEmpty();
    chat.pass(Duration.ZERO);
    assertThat(chat.mail.latest()).hasSize(1);
  }

  @Test
  void a_reset_ends_every_session_of_the_account_and_of_nobody_else_and_closes_what_is_open() {
    Someone bob = chat.someone("bob");
    var second = ((LogIn.LoggedIn) logIn("password of ada")).session().session();

    resets(ADA, codeFor(ADA));

    assertThat(chat.mySessions.of(ada.who())).isEmpty();
    assertThat(chat.endedSessions).containsExactlyInAnyOrder(ada.who().session().id(), second.id());
    assertThat(chat.mySessions.of(bob.who())).hasSize(1);
  }

  @Test
  void who_got_the_code_by_mail_has_shown_that_the_address_is_theirs() {
    resets(ADA, codeFor(ADA));
    assertThat(chat.accounts.find(ada.who().account().id()).orElseThrow().verified()).isTrue();
  }

  @Test
  void wrong_expired_spent_and_superseded_codes_and_unknown_addresses_are_refused_alike() {
    var chat = new Chat(Map.of(), log -> log);
    chat.someone("ada");
    OneTimeCode code = codeFor(chat, ADA);
    var refused = new ResetPassword.InvalidCode();
    assertThat(resets(chat, ADA, other(code), "192.0.2.1")).isEqualTo(refused);
    assertThat(resets(chat, NOBODY, code, "192.0.2.1")).isEqualTo(refused);
    assertThat(resets(chat, ADA, code, "192.0.2.1")).isEqualTo(new ResetPassword.Changed());
    assertThat(resets(chat, ADA, code, "192.0.2.1")).isEqualTo(refused);

    OneTimeCode superseded = codeFor(chat, ADA);
    OneTimeCode last = codeFor(chat, ADA);
    if (!superseded.equals(last)) {
      assertThat(resets(chat, ADA, superseded, "192.0.2.1")).isEqualTo(refused);
    }
    chat.pass(OneTimeCode.LIFETIME);
    assertThat(resets(chat, ADA, last, "192.0.2.1")).isEqualTo(refused);
  }

  @Test
  void a_code_that_was_asked_for_before_there_was_an_account_is_none() {
    forgets("eve@example.org");
    chat.pass(Duration.ZERO);
    chat.someone("eve");

    assertThat(chat.mail.latest()).isEmpty();
    for (int i = 0; i < Limit.OTP_VERIFY.defaultRate().times(); i++) {
      assertThat(resets("eve@example.org", new OneTimeCode("00000" + i)))
          .isEqualTo(new ResetPassword.InvalidCode());
    }
  }

  @Test
  void five_wrong_tries_kill_the_code_whatever_the_limits_say() {
    var chat = new Chat(Map.of(), log -> log);
    chat.someone("ada");
    forgets(chat, ADA, "192.0.2.1");
    chat.pass(Duration.ZERO);
    OneTimeCode code = chat.mail.lastCodeFor(ADA);
    for (int i = 0; i < OneTimeCode.TRIES; i++) {
      resets(chat, ADA, other(code), "192.0.2." + i);
    }
    assertThat(resets(chat, ADA, code, "192.0.2.9")).isEqualTo(new ResetPassword.InvalidCode());
  }

  @Test
  void tries_are_limited_per_address_known_or_not_and_per_client() {
    for (String email : new String[] {ADA, NOBODY}) {
      var chat = new Chat();
      chat.someone("ada");
      for (int i = 0; i < Limit.OTP_VERIFY.defaultRate().times(); i++) {
        assertThat(resets(chat, email, new OneTimeCode("123456"), "192.0.2." + i))
            .isEqualTo(new ResetPassword.InvalidCode());
      }
      assertThat(resets(chat, email, new OneTimeCode("123456"), "192.0.2.99"))
          .isInstanceOf(ResetPassword.TooOften.class);
    }
    for (int i = 0; i < Limit.OTP_VERIFY.defaultRate().times(); i++) {
      resets(chat, i + NOBODY, new OneTimeCode("123456"), "192.0.2.1");
    }
    assertThat(resets(chat, ADA, new OneTimeCode("123456"), "192.0.2.1"))
        .isInstanceOf(ResetPassword.TooOften.class);
  }

  @Test
  void too_many_mails_for_one_address_are_not_sent_and_nobody_is_told() {
    int most = Limit.FORGOT_PASSWORD.defaultRate().times();
    for (int i = 0; i < most + 2; i++) {
      assertThat(forgets(chat, ADA, "192.0.2." + i)).isEqualTo(new RequestPasswordReset.Accepted());
    }
    chat.pass(Duration.ZERO);
    assertThat(chat.mail.latest()).hasSize(most);
  }

  @Test
  void a_client_that_asks_for_many_addresses_is_told_to_wait() {
    for (int i = 0; i < Limit.FORGOT_PASSWORD.defaultRate().times(); i++) {
      forgets(i + NOBODY);
    }
    assertThat(forgets(ADA)).isInstanceOf(RequestPasswordReset.TooOften.class);
    chat.pass(Duration.ofMinutes(15));
    assertThat(forgets(ADA)).isEqualTo(new RequestPasswordReset.Accepted());
  }

  @Test
  void an_address_without_an_account_gets_no_mail_and_as_much_work() {
    assertThat(forgets(NOBODY)).isEqualTo(new RequestPasswordReset.Accepted());
    chat.pass(Duration.ZERO);

    assertThat(chat.mail.latest()).isEmpty();
    assertThat(chat.codes.size()).isEqualTo(1);
  }

  @Test
  void without_mail_recovery_is_refused_to_everybody() {
    chat.mail.available = false;
    assertThat(forgets(ADA)).isEqualTo(new RequestPasswordReset.Unavailable());
    assertThat(forgets(NOBODY)).isEqualTo(new RequestPasswordReset.Unavailable());
  }

  @Test
  void a_sign_in_with_the_old_password_that_overlaps_a_reset_does_not_survive_it() {
    var opened = new AtomicBoolean();
    var overlapping =
        new SessionOpener(
            chat.sessions,
            new PlainSessionTokens(),
            new Random(2) {
              @Override
              public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                // The password was found right; the session is not yet there to be ended.
                opened.set(true);
                resets(ADA, codeFor(ADA));
              }
            },
            chat.clock);
    var logIn = new LogIn(chat.accounts, new PlainPasswordHasher(), overlapping, chat.limiter);

    assertThat(
            logIn.logIn(
                new LogIn.Command(
                    EmailAddress.of(ADA), "password of ada", Device.of("", "192.0.2.1"))))
        .isEqualTo(new LogIn.WrongCredentials());

    assertThat(opened).isTrue();
    assertThat(chat.mySessions.of(ada.who())).isEmpty();
  }

  private OneTimeCode codeFor(String email) {
    return codeFor(chat, email);
  }

  private static OneTimeCode codeFor(Chat chat, String email) {
    forgets(chat, email, "192.0.2.1");
    chat.pass(Duration.ZERO);
    return chat.mail.lastCodeFor(email);
  }

  private static OneTimeCode other(OneTimeCode code) {
    return new OneTimeCode(code.digits().equals("000000") ? "000001" : "000000");
  }

  private RequestPasswordReset.Result forgets(String email) {
    return forgets(chat, email, "192.0.2.1");
  }

  private static RequestPasswordReset.Result forgets(Chat chat, String email, String from) {
    return chat.requestPasswordReset.request(
        new RequestPasswordReset.Command(EmailAddress.of(email), from));
  }

  private ResetPassword.Result resets(String email, OneTimeCode code) {
    return resets(chat, email, code, "192.0.2.1");
  }

  private static ResetPassword.Result resets(
      Chat chat, String email, OneTimeCode code, String from) {
    return chat.resetPassword.reset(
        new ResetPassword.Command(
            EmailAddress.of(email), code, Password.of("another password"), from));
  }

  private LogIn.Result logIn(String password) {
    return chat.logIn.logIn(
        new LogIn.Command(EmailAddress.of(ADA), password, Device.of("", "192.0.2.1")));
  }
}
