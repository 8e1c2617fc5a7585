package io.letschat.testkit;

import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** {@link OneTimeCodes} in memory. */
public final class InMemoryOneTimeCodes implements OneTimeCodes {
  private record Slot(String email, CodePurpose purpose) {}

  private record Kept(CodeHash code, int triesLeft, Instant expiresAt) {}

  private final Map<Slot, Kept> codes = new HashMap<>();

  @Override
  public synchronized void keep(
      EmailAddress email, CodePurpose purpose, CodeHash code, Instant expiresAt) {
    codes.put(new Slot(email.key(), purpose), new Kept(code, OneTimeCode.TRIES, expiresAt));
  }

  @Override
  public synchronized boolean redeem(
      EmailAddress email, CodePurpose purpose, CodeHash code, Instant now) {
    Slot slot = new Slot(email.key(), purpose);
    Kept kept = codes.get(slot);
    if (kept == null || kept.triesLeft == 0 || !now.isBefore(kept.expiresAt)) {
      return false;
    }
    boolean right = kept.code.equals(code);
    codes.put(slot, new Kept(kept.code, right ? 0 : kept.triesLeft - 1, kept.expiresAt));
    return right;
  }

  @Override
  public synchronized void forgetExpired(Instant now) {
    codes.values().removeIf(kept -> !now.isBefore(kept.expiresAt));
  }

  /** How many are kept, live or not. */
  public synchronized int size() {
    return codes.size();
  }
}
