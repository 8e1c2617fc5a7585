package io.letschat.domain.account;

import java.time.Duration;
import java.time.Instant;

/** Somebody is signed in, from one device, until it expires or is ended. */
public record Session(
    SessionId id,
    AccountId account,
    UserId user,
    Device device,
    Instant signedInAt,
    Instant expiresAt) {
  /** How long a sign-in lasts. Using the session does not prolong it. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  public static Session opened(SessionId id, Account account, Device device, Instant now) {
    return new Session(id, account.id(), account.user(), device, now, now.plus(LIFETIME));
  }

  public boolean isLive(Instant now) {
    return now.isBefore(expiresAt);
  }
}
