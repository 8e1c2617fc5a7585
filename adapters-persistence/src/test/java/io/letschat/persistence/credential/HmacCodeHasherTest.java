package io.letschat.persistence.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HmacCodeHasherTest {
  private static final OneTimeCode CODE = new OneTimeCode("012345");

  private final HmacCodeHasher hasher = new HmacCodeHasher("a secret");

  /** Computed with {@code printf 7:recovery:012345 | openssl dgst -sha256 -hmac 'a secret'}. */
  @Test
  void a_code_is_hashed_with_hmac_sha256() {
    assertThat(hasher.hash(Optional.of(new AccountId(7)), CodePurpose.RECOVERY, CODE))
        .isEqualTo(
            new CodeHash("938cf4d57040296d4625952d9dbde7c9bee90f515559602081fd24dcff99446c"));
  }

  @Test
  void account_purpose_code_and_key_all_count() {
    Set<CodeHash> hashes = new HashSet<>();
    for (HmacCodeHasher each : List.of(hasher, new HmacCodeHasher("another"))) {
      for (CodePurpose purpose : CodePurpose.values()) {
        for (String digits : List.of("012345", "012346")) {
          hashes.add(each.hash(Optional.empty(), purpose, new OneTimeCode(digits)));
          for (long account : new long[] {1, 2}) {
            hashes.add(
                each.hash(Optional.of(new AccountId(account)), purpose, new OneTimeCode(digits)));
          }
        }
      }
    }
    assertThat(hashes).hasSize(2 * 2 * 2 * 3);
  }
}
