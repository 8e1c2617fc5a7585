package io.letschat.messaging.mail;

import io.letschat.application.Addresses;
import io.letschat.application.Scheduler;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mails to Resend. What cannot be handed over at once is tried again, first while the caller
 * waits, then in the background; always with the same idempotency key, so that a mail whose answer
 * got lost is not sent twice.
 */
final class ResendCodeMail implements CodeMail {
  private static final Logger log = LoggerFactory.getLogger(ResendCodeMail.class);

  private record Slot(String email, CodePurpose purpose) {}

  /**
   * @param key names it to Resend, and in the log; tells nothing
   */
  private record Mail(EmailAddress to, CodePurpose purpose, CodeMessage message, String key) {
    Slot slot() {
      return new Slot(to.key(), purpose);
    }
  }

  private final ResendEmails emails;
  private final Scheduler scheduler;
  private final RetrySchedule retrySchedule;
  private final Addresses addresses;
  private final Sentences sentences;

  /** The key of the mail that is late: one with a newer code makes it worthless. */
  private final Map<Slot, String> late = new ConcurrentHashMap<>();

  ResendCodeMail(
      ResendEmails emails,
      Scheduler scheduler,
      RetrySchedule retrySchedule,
      Addresses addresses,
      Sentences sentences) {
    this.emails = emails;
    this.scheduler = scheduler;
    this.retrySchedule = retrySchedule;
    this.addresses = addresses;
    this.sentences = sentences;
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public Sending send(EmailAddress to, CodePurpose purpose, OneTimeCode code) {
    var message = CodeMessage.of(purpose, code, addresses.outside(page(to, purpose)), sentences);
    var mail = new Mail(to, purpose, message, UUID.randomUUID().toString());
    late.remove(mail.slot());
    Optional<Sending> outcome = attempt(mail);
    for (Duration pause : retrySchedule.atOnce()) {
      if (outcome.isPresent() || !slept(pause)) {
        break;
      }
      outcome = attempt(mail);
    }
    if (outcome.isPresent()) {
      return outcome.get();
    }
    late.put(mail.slot(), mail.key());
    tryLater(mail, 0);
    return Sending.DELAYED;
  }

  /** Where the code is typed. */
  private static String page(EmailAddress to, CodePurpose purpose) {
    return switch (purpose) {
      case RECOVERY -> "/verify-otp?email=" + URLEncoder.encode(to.text(), StandardCharsets.UTF_8);
      case VERIFICATION -> "/verify-email";
    };
  }

  private void tryLater(Mail mail, int tries) {
    if (tries == retrySchedule.later().size()) {
      late.remove(mail.slot(), mail.key());
      log.error("mail {} could not be delivered and is given up", mail.key());
      return;
    }
    scheduler.after(
        retrySchedule.later().get(tries),
        () -> {
          if (!mail.key().equals(late.get(mail.slot()))) {
            return;
          }
          if (attempt(mail).isPresent()) {
            late.remove(mail.slot(), mail.key());
          } else {
            tryLater(mail, tries + 1);
          }
        });
  }

  /** Empty if it makes sense to try again. */
  private Optional<Sending> attempt(Mail mail) {
    return switch (emails.send(mail.to(), mail.message(), mail.key())) {
      case ResendEmails.Taken() -> {
        log.info("mail {} accepted for delivery", mail.key());
        yield Optional.of(Sending.SENT);
      }
      case ResendEmails.Unclear(var why) -> {
        log.warn("mail {} could not be delivered, will be retried: {}", mail.key(), why);
        yield Optional.empty();
      }
      case ResendEmails.Refused(var why) -> {
        log.error("mail {} was refused: {}", mail.key(), why);
        yield Optional.of(Sending.REFUSED);
      }
    };
  }

  /** False if the program ends. */
  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
