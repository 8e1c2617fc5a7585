package io.letschat.application.room;

import io.letschat.application.account.session.AuthenticatedUser;
import java.util.List;

/** The rooms that somebody belongs to. */
public final class MyRooms {
  private final Memberships memberships;

  public MyRooms(Memberships memberships) {
    this.memberships = memberships;
  }

  /** The one with the latest message first. */
  public List<Memberships.Summary> of(AuthenticatedUser who) {
    return memberships.roomsOf(who.user());
  }
}
