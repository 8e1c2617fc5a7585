package io.letschat.persistence.credential;

import io.letschat.application.account.code.CodeHasher;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) over account, purpose and code. */
final class HmacCodeHasher implements CodeHasher {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  HmacCodeHasher(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  @Override
  public CodeHash hash(Optional<AccountId> account, CodePurpose purpose, OneTimeCode code) {
    String bound =
        String.join(
            ":",
            account.map(id -> Long.toString(id.value())).orElse("nobody"),
            purpose.name().toLowerCase(Locale.ROOT),
            code.digits());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return new CodeHash(
          HexFormat.of().formatHex(mac.doFinal(bound.getBytes(StandardCharsets.US_ASCII))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
