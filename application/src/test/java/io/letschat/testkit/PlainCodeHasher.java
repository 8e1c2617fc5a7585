package io.letschat.testkit;

import io.letschat.application.account.code.CodeHasher;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.util.Locale;
import java.util.Optional;

/** Writes the code into the hash for everybody to read: for tests only. */
public final class PlainCodeHasher implements CodeHasher {
  @Override
  public CodeHash hash(Optional<AccountId> account, CodePurpose purpose, OneTimeCode code) {
    return new CodeHash(
        String.format(
            Locale.ROOT,
            "%056x%02x%s",
            account.map(AccountId::value).orElse(0L),
            purpose.ordinal(),
            code.digits()));
  }
}
