package io.letschat.application.presence;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;

/** The sockets, on this node, of somebody who was a member leave the room, and are told. */
public final class RemovedMemberDisconnector implements MembershipListener {
  private final ConnectionRegistry registry;
  private final LeaveRoom leaveRoom;

  public RemovedMemberDisconnector(ConnectionRegistry registry, LeaveRoom leaveRoom) {
    this.registry = registry;
    this.leaveRoom = leaveRoom;
  }

  @Override
  public void ended(Member member) {
    RoomId room = member.room().id();
    for (Connection connection : registry.connectionsOf(member.user(), room)) {
      leaveRoom.close(member, connection);
      connection.send(new RoomEvent.MembershipEnded(room));
    }
  }
}
