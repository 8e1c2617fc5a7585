package io.letschat.application.delivery.cluster;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.Target;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;

/** What has happened on one node that others have to act upon. */
public sealed interface ClusterEvent {
  /** Its sockets have to close. */
  record SessionEnded(SessionId session) implements ClusterEvent {}

  /** The sockets of somebody who was a member have to leave the room. */
  record MembershipEnded(Member member) implements ClusterEvent {}

  /** Somebody has, or may have, another name. */
  record Renamed(UserId user) implements ClusterEvent {}

  /** Somebody came or went. */
  record PresenceChanged(RoomId room, boolean someoneCame) implements ClusterEvent {}

  /** The connections that are meant are told it, whichever node has them. */
  record Told(Target target, RoomEvent event) implements ClusterEvent {}
}
