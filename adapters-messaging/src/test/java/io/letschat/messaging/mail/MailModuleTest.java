package io.letschat.messaging.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.letschat.application.Addresses;
import io.letschat.application.Scheduler;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.CodeMail.Sending;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.testkit.ManualScheduler;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails, and what is shown instead, by the settings. */
class MailModuleTest {
  private static final EmailAddress ADA = EmailAddress.of("ada@example.org");
  private static final ResendSettings KEY =
      new ResendSettings("re_key", "chat@letschat.example", ResendSettings.RESEND);

  @Test
  void in_development_without_a_key_codes_lie_in_the_mailbox_the_latest_first() {
    Injector injector = injector(Optional.empty(), false);
    CodeMail mail = injector.getInstance(CodeMail.class);
    assertThat(mail.isAvailable()).isTrue();

    for (int i = 0; i < 60; i++) {
      OneTimeCode code = new OneTimeCode("1234%02d".formatted(i));
      assertThat(mail.send(ADA, CodePurpose.RECOVERY, code)).isEqualTo(Sending.SENT);
    }

    var latest = mailbox(injector).orElseThrow().latest();
    assertThat(latest).hasSize(50);
    assertThat(latest.getFirst())
        .isEqualTo(
            new DevMailbox.Mail(ADA, CodePurpose.RECOVERY, new OneTimeCode("123459"), Stores.NOON));
  }

  @Test
  void in_production_without_a_key_nothing_is_mailed_and_nothing_shown() {
    Injector injector = injector(Optional.empty(), true);
    assertThat(injector.getInstance(CodeMail.class).isAvailable()).isFalse();
    assertThat(
            injector
                .getInstance(CodeMail.class)
                .send(ADA, CodePurpose.RECOVERY, new OneTimeCode("123456")))
        .isEqualTo(Sending.REFUSED);
    assertThat(mailbox(injector)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void with_a_key_there_is_no_mailbox(boolean production) {
    Injector injector = injector(Optional.of(KEY), production);
    assertThat(injector.getInstance(CodeMail.class)).isInstanceOf(ResendCodeMail.class);
    assertThat(mailbox(injector)).isEmpty();
  }

  private static Optional<DevMailbox> mailbox(Injector injector) {
    return injector.getInstance(Key.get(new TypeLiteral<Optional<DevMailbox>>() {}));
  }

  private static Injector injector(Optional<ResendSettings> resend, boolean production) {
    var clock = new SettableClock(Stores.NOON);
    return Guice.createInjector(
        new MailModule(resend, production, Addresses.AT_THE_ROOT),
        binder -> {
          binder.bind(Sentences.class).toInstance(Sentences.english());
          binder.bind(InstantSource.class).toInstance(clock);
          binder.bind(Scheduler.class).toInstance(new ManualScheduler(clock));
        });
  }
}
