package io.letschat.messaging.mail;

import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Development without a key: the codes are in the log, and here to be looked up. */
final class InMemoryDevMailbox implements CodeMail, DevMailbox {
  private static final Logger log = LoggerFactory.getLogger(InMemoryDevMailbox.class);
  private static final int KEPT = 50;

  private final InstantSource clock;
  private final Deque<Mail> mails = new ArrayDeque<>();

  InMemoryDevMailbox(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public synchronized Sending send(EmailAddress to, CodePurpose purpose, OneTimeCode code) {
    log.info(
        "no mail is set up; {} would be mailed the code for {}: {}",
        to,
        purpose == CodePurpose.RECOVERY ? "a new password" : "a verified address",
        code.digits());
    mails.addFirst(new Mail(to, purpose, code, clock.instant()));
    if (mails.size() > KEPT) {
      mails.removeLast();
    }
    return Sending.SENT;
  }

  @Override
  public synchronized List<Mail> latest() {
    return List.copyOf(mails);
  }
}
