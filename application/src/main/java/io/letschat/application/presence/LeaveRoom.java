package io.letschat.application.presence;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.domain.room.Member;

/** A socket stops listening to a room, or goes altogether. The membership stays. */
public final class LeaveRoom {
  private final RoomStreams streams;
  private final Typing typing;
  private final RoomPresence presence;

  public LeaveRoom(RoomStreams streams, Typing typing, RoomPresence presence) {
    this.streams = streams;
    this.typing = typing;
    this.presence = presence;
  }

  /** Without effect for a socket that is not there. */
  public void close(Member member, Connection connection) {
    if (streams.unsubscribe(member.room().id(), connection)) {
      typing.stop(member, connection);
      presence.depart(member, connection);
    }
  }
}
