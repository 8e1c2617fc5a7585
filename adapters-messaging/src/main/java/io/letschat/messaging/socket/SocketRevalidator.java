package io.letschat.messaging.socket;

import io.letschat.application.account.session.Authenticate;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.application.room.Memberships;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.HashMap;
import java.util.Map;

/** Looks at every open socket anew, where nobody can tell what has ended since they were opened. */
public final class SocketRevalidator {
  private record UserInRoom(UserId user, RoomId room) {}

  private final SessionSocketRegistry sockets;
  private final Authenticate authenticate;
  private final Memberships memberships;
  private final LeaveRoom leaveRoom;

  public SocketRevalidator(
      SessionSocketRegistry sockets,
      Authenticate authenticate,
      Memberships memberships,
      LeaveRoom leaveRoom) {
    this.sockets = sockets;
    this.authenticate = authenticate;
    this.memberships = memberships;
    this.leaveRoom = leaveRoom;
  }

  /** Asks the database once per session and once per person and room. */
  public void check() {
    Map<UserInRoom, Boolean> known = new HashMap<>();
    sockets
        .bySession()
        .forEach((session, open) -> {
          if (!open.isEmpty() && !authenticate.isLive(open.getFirst().who().session())) {
            sockets.ended(session);
            return;
          }
          for (ChatSocket socket : open) {
            for (Member member : socket.memberships()) {
              var place = new UserInRoom(member.user(), member.room().id());
              if (!known.computeIfAbsent(
                  place, at -> memberships.of(at.user, at.room).isPresent())) {
                leaveRoom.close(member, socket);
                socket.send(new RoomEvent.MembershipEnded(place.room));
              }
            }
          }
        });
  }
}
