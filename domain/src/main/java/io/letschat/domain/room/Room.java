package io.letschat.domain.room;

import io.letschat.domain.account.UserId;

/** A place to talk. Its owner, who created it, may remove members. */
public record Room(RoomId id, RoomName name, UserId owner) {
  public boolean isOwnedBy(UserId user) {
    return owner.equals(user);
  }
}
