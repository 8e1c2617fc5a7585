package io.letschat.persistence.postgres.account;

import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.persistence.postgres.Handles;
import java.time.Instant;
import java.util.HexFormat;

final class PostgresOneTimeCodes implements OneTimeCodes {
  private final Handles handles;

  PostgresOneTimeCodes(Handles handles) {
    this.handles = handles;
  }

  @Override
  public void keep(EmailAddress email, CodePurpose purpose, CodeHash code, Instant expiresAt) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into otps (email, purpose, code_hmac, tries_left, expires_at)
                values (:email, :purpose, :code, :tries, :expiresAt)
                on conflict (email, purpose) do update set
                  code_hmac = excluded.code_hmac,
                  tries_left = excluded.tries_left,
                  expires_at = excluded.expires_at
                """)
            .bind("email", email.key())
            .bind("purpose", written(purpose))
            .bind("code", bytes(code))
            .bind("tries", OneTimeCode.TRIES)
            .bind("expiresAt", expiresAt)
            .execute());
  }

  @Override
  public boolean redeem(EmailAddress email, CodePurpose purpose, CodeHash code, Instant now) {
    // One statement: who waits for the row's lock sees the tries that were left when it is his
    // turn.
    return handles.withHandle(handle ->
        handle
            .createQuery(
                """
                update otps
                set tries_left = case when code_hmac = :code then 0 else tries_left - 1 end
                where email = :email and purpose = :purpose and tries_left > 0 and expires_at > :now
                returning code_hmac = :code
                """)
            .bind("email", email.key())
            .bind("purpose", written(purpose))
            .bind("code", bytes(code))
            .bind("now", now)
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false));
  }

  @Override
  public void forgetExpired(Instant now) {
    handles.useHandle(handle ->
        handle
            .createUpdate("delete from otps where expires_at <= :now")
            .bind("now", now)
            .execute());
  }

  private static byte[] bytes(CodeHash code) {
    return HexFormat.of().parseHex(code.hex());
  }

  private static String written(CodePurpose purpose) {
    return switch (purpose) {
      case RECOVERY -> "recovery";
      case VERIFICATION -> "verification";
    };
  }
}
