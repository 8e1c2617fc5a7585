package io.letschat.application.revocation;

import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;

/** Something that was ended, so that nothing may stay open in its name. */
public sealed interface Revocation {
  /** By signing out, a reset of the password, or whoever deleted it; never by expiry. */
  record OfSession(SessionId session) implements Revocation {}

  /** The user may have been admitted again since. */
  record OfMembership(RoomId room, UserId user) implements Revocation {}
}
