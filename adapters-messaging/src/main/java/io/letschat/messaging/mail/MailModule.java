package io.letschat.messaging.mail;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Addresses;
import io.letschat.application.Scheduler;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.application.sentence.Sentences;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Binds {@link CodeMail}, and an {@link Optional} {@link DevMailbox} which is there only in
 * development without a key. Needs a {@link Scheduler}, the {@link Sentences} and an {@link
 * InstantSource}.
 */
public final class MailModule extends AbstractModule {
  private final Optional<ResendSettings> resend;
  private final boolean production;
  private final Addresses addresses;

  /**
   * @param resend empty if no key is set
   * @param addresses where the pages are that a mail leads to
   */
  public MailModule(Optional<ResendSettings> resend, boolean production, Addresses addresses) {
    this.resend = resend;
    this.production = production;
    this.addresses = addresses;
  }

  @Provides
  @Singleton
  Optional<DevMailbox> devMailbox(InstantSource clock) {
    return resend.isPresent() || production
        ? Optional.empty()
        : Optional.of(new InMemoryDevMailbox(clock));
  }

  @Provides
  @Singleton
  CodeMail codeMail(Optional<DevMailbox> mailbox, Scheduler scheduler, Sentences sentences) {
    if (resend.isPresent()) {
      return new ResendCodeMail(
          new ResendEmails(resend.get(), new ResendHttp(resend.get().api())),
          scheduler,
          RetrySchedule.usual(),
          addresses,
          sentences);
    }
    return mailbox.orElse(null) instanceof CodeMail shown ? shown : new DisabledCodeMail();
  }
}
