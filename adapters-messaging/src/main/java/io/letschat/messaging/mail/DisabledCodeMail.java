package io.letschat.messaging.mail;

import io.letschat.application.account.code.CodeMail;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;

/** Production without a key: nothing can be mailed, and nothing is shown anywhere else. */
final class DisabledCodeMail implements CodeMail {
  @Override
  public boolean isAvailable() {
    return false;
  }

  @Override
  public Sending send(EmailAddress to, CodePurpose purpose, OneTimeCode code) {
    return Sending.REFUSED;
  }
}
