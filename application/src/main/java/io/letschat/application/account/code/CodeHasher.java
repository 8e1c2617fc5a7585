package io.letschat.application.account.code;

import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.util.Optional;

/**
 * Hashes codes with a key of the server's: a million codes are tried in a second by whoever reads
 * the database, but not without the key.
 */
public interface CodeHasher {
  /**
   * The same for the same code of the same account for the same purpose, and for nothing else.
   *
   * @param account empty for an address that has none
   */
  CodeHash hash(Optional<AccountId> account, CodePurpose purpose, OneTimeCode code);
}
