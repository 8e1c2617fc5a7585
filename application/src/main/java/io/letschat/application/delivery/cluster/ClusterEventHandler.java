package io.letschat.application.delivery.cluster;

import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.TypingElsewhere;
import io.letschat.domain.room.RoomId;

/** What was heard from the others takes effect here. None of the methods waits for a database. */
public final class ClusterEventHandler {
  private final RoomStreams feeds;
  private final LocalSubscribers audience;
  private final RoomPresence presence;
  private final TypingElsewhere typists;
  private final MembershipListener memberships;
  private final SessionListener sockets;
  private final NameListener names;

  /**
   * @param sockets those of this node alone
   * @param names of the people on this node alone
   */
  public ClusterEventHandler(
      RoomStreams feeds,
      LocalSubscribers audience,
      RoomPresence presence,
      TypingElsewhere typists,
      MembershipListener memberships,
      SessionListener sockets,
      NameListener names) {
    this.feeds = feeds;
    this.audience = audience;
    this.presence = presence;
    this.typists = typists;
    this.memberships = memberships;
    this.sockets = sockets;
    this.names = names;
  }

  /** A message may come out of turn and more than once; all else passes as it comes. */
  public void heard(RoomEvent event) {
    switch (event) {
      case RoomEvent.MessageSent(var message) -> feeds.offerFromElsewhere(message);
      case RoomEvent.UserTyping typing -> typists.started(typing);
      case RoomEvent.UserStoppedTyping stopped -> typists.stopped(stopped);
      default -> audience.send(event);
    }
  }

  /** There may be a message in the room; the log knows. */
  public void heardOfMessage(RoomId room) {
    feeds.lookAgain(room);
  }

  public void heard(ClusterEvent news) {
    switch (news) {
      case ClusterEvent.SessionEnded(var session) -> sockets.ended(session);
      case ClusterEvent.MembershipEnded(var member) -> memberships.ended(member);
      case ClusterEvent.Renamed(var user) -> names.renamed(user);
      case ClusterEvent.PresenceChanged(var room, var someoneCame) -> {
        if (feeds.anybodyIn(room)) {
          presence.changedElsewhere(room, someoneCame);
        }
      }
    }
  }
}
