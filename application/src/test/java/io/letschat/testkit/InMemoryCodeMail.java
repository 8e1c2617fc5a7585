package io.letschat.testkit;

import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@link CodeMail} that keeps what was sent, and does what the test says. */
public final class InMemoryCodeMail implements CodeMail, DevMailbox {
  /** Whether mail is set up. */
  public volatile boolean available = true;

  /** What becomes of the next mails. */
  public volatile Sending outcome = Sending.SENT;

  private final List<Mail> sent = new CopyOnWriteArrayList<>();

  @Override
  public boolean isAvailable() {
    return available;
  }

  @Override
  public Sending send(EmailAddress to, CodePurpose purpose, OneTimeCode code) {
    if (outcome == Sending.SENT) {
      sent.add(new Mail(to, purpose, code, Instant.EPOCH));
    }
    return outcome;
  }

  @Override
  public List<Mail> latest() {
    return List.copyOf(sent).reversed();
  }

  /** The code in the last mail to this address. */
  public OneTimeCode lastCodeFor(String email) {
    return latest().stream()
        .filter(mail -> mail.to().text().equals(email))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mail for " + email))
        .code();
  }
}
