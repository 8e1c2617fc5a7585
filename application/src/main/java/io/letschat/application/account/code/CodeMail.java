package io.letschat.application.account.code;

import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;

/** Mails codes. */
public interface CodeMail {
  /** Whether mail can be sent at all, as far as the settings go. */
  boolean isAvailable();

  /** Sends the code; blocks until it is known what becomes of it, for some seconds at most. */
  Sending send(EmailAddress to, CodePurpose purpose, OneTimeCode code);

  /** What became of a mail. */
  enum Sending {
    /** Whoever delivers it has taken it. */
    SENT,
    /** It could not be handed over yet; that is tried again for as long as the code is good. */
    DELAYED,
    /** It will not be sent. */
    REFUSED
  }
}
