package io.letschat.application.presence;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.PendingSubscription;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;

/**
 * A member's connection that is in a room and does not get its messages yet. One of {@link
 * #activate} and {@link #cancel} is to be called, once.
 */
public final class MemberSubscription {
  private final Member member;
  private final PendingSubscription subscription;
  private final Connection connection;
  private final RoomPresence presence;

  /** The connection counts among those who are there by {@link RoomPresence#arrive}. */
  public MemberSubscription(
      Member member,
      PendingSubscription subscription,
      Connection connection,
      RoomPresence presence) {
    this.member = member;
    this.subscription = subscription;
    this.connection = connection;
    this.presence = presence;
  }

  public Member member() {
    return member;
  }

  /**
   * To be called once the answer to whoever subscribed was sent: the connection gets what came
   * after that, and everything from now on, and the room is told who has come. Where the membership
   * has ended meanwhile, the connection is told that.
   */
  public void activate() {
    RoomId room = subscription.room();
    if (subscription.activate()) {
      presence.changed(room, true);
    } else {
      // Removed, or gone, while it could not be told.
      presence.depart(member, connection);
      connection.send(new RoomEvent.MembershipEnded(room));
    }
  }

  /** The connection leaves the room, as if it had never been there. */
  public void cancel() {
    subscription.cancel();
    presence.depart(member, connection);
  }
}
