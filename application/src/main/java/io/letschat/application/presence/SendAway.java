package io.letschat.application.presence;

import io.letschat.application.message.RoomFeeds;
import io.letschat.application.room.Connection;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;

/** The sockets, on this node, of somebody who was a member leave the room, and are told. */
public final class SendAway implements MembershipWatch {
  private final RoomFeeds feeds;
  private final CloseRoom closeRoom;

  public SendAway(RoomFeeds feeds, CloseRoom closeRoom) {
    this.feeds = feeds;
    this.closeRoom = closeRoom;
  }

  @Override
  public void ended(Member member) {
    RoomId room = member.room().id();
    for (Connection connection : feeds.connectionsOf(room, member.user())) {
      closeRoom.close(member, connection);
      connection.send(new RoomEvent.MembershipEnded(room));
    }
  }
}
