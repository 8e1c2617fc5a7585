package io.letschat.application.account.code;

import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.Instant;
import java.util.List;

/** The codes that would have been mailed, for those who try things out on their own machine. */
public interface DevMailbox {
  /** The latest first; only so many are kept. */
  List<Mail> latest();

  record Mail(EmailAddress to, CodePurpose purpose, OneTimeCode code, Instant at) {}
}
