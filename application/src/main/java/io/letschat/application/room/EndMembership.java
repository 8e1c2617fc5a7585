package io.letschat.application.room;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.Optional;

/**
 * Somebody leaves a room for good, or its owner sends somebody away. Their sockets leave at once.
 */
public final class EndMembership {
  public sealed interface Result {}

  public record Ended() implements Result {}

  /** The room is not there, or not the requester's; or the member is not there. */
  public record NotFound() implements Result {}

  /** Only the owner removes others. */
  public record NotTheOwner() implements Result {}

  private final RoomAccess access;
  private final Memberships memberships;
  private final MembershipListener watch;
  private final ClusterBus others;

  public EndMembership(
      RoomAccess access, Memberships memberships, MembershipListener watch, ClusterBus others) {
    this.access = access;
    this.memberships = memberships;
    this.watch = watch;
    this.others = others;
  }

  /**
   * @param leaving who will not belong to the room any more; anybody may be it for themselves
   */
  public Result end(AuthenticatedUser who, RoomId room, UserId leaving) {
    Optional<Member> asking = access.member(who, room);
    if (asking.isEmpty()) {
      return new NotFound();
    }
    if (!leaving.equals(who.user()) && !asking.get().room().isOwnedBy(who.user())) {
      return new NotTheOwner();
    }
    Optional<Member> member = memberships.of(leaving, room);
    if (member.isEmpty() || !memberships.end(room, leaving)) {
      return new NotFound();
    }
    watch.ended(member.get());
    others.announce(new ClusterEvent.MembershipEnded(member.get()));
    return new Ended();
  }
}
