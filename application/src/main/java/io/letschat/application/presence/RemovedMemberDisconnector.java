package io.letschat.application.presence;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;

/** The sockets, on this node, of somebody who was a member leave the room, and are told. */
public final class RemovedMemberDisconnector implements MembershipListener {
  private final RoomStreams feeds;
  private final LeaveRoom leaveRoom;

  public RemovedMemberDisconnector(RoomStreams feeds, LeaveRoom leaveRoom) {
    this.feeds = feeds;
    this.leaveRoom = leaveRoom;
  }

  @Override
  public void ended(Member member) {
    RoomId room = member.room().id();
    for (Connection connection : feeds.connectionsOf(room, member.user())) {
      leaveRoom.close(member, connection);
      connection.send(new RoomEvent.MembershipEnded(room));
    }
  }
}
