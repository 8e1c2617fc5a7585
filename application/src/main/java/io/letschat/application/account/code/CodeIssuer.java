package io.letschat.application.account.code;

import io.letschat.domain.account.Account;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes codes and mails them, for the two purposes that there are. */
public final class CodeIssuer {
  private final OneTimeCodes codes;
  private final CodeHasher hasher;
  private final CodeMail mail;
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * @param random cryptographically strong
   */
  public CodeIssuer(
      OneTimeCodes codes,
      CodeHasher hasher,
      CodeMail mail,
      RandomGenerator random,
      InstantSource clock) {
    this.codes = codes;
    this.hasher = hasher;
    this.mail = mail;
    this.random = random;
    this.clock = clock;
  }

  public boolean isAvailable() {
    return mail.isAvailable();
  }

  public CodeMail.Sending send(Account account, CodePurpose purpose) {
    return mail.send(
        account.email(), purpose, keep(account.email(), Optional.of(account), purpose));
  }

  /** Does for an address without an account what is done for one with an account, but the mail. */
  public void pretend(EmailAddress email, CodePurpose purpose) {
    keep(email, Optional.empty(), purpose);
  }

  private OneTimeCode keep(EmailAddress email, Optional<Account> account, CodePurpose purpose) {
    OneTimeCode code = OneTimeCode.random(random);
    codes.keep(
        email,
        purpose,
        hasher.hash(account.map(Account::id), purpose, code),
        clock.instant().plus(OneTimeCode.LIFETIME));
    return code;
  }
}
