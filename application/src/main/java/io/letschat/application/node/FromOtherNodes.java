package io.letschat.application.node;

import io.letschat.application.account.NameWatch;
import io.letschat.application.account.SessionWatch;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.TypingElsewhere;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.NodeNews;
import io.letschat.application.room.RoomAudience;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.RoomId;

/** What was heard from the others takes effect here. None of the methods waits for a database. */
public final class FromOtherNodes {
  private final RoomFeeds feeds;
  private final RoomAudience audience;
  private final RoomPresence presence;
  private final TypingElsewhere typists;
  private final MembershipWatch memberships;
  private final SessionWatch sockets;
  private final NameWatch names;

  /**
   * @param sockets those of this node alone
   * @param names of the people on this node alone
   */
  public FromOtherNodes(
      RoomFeeds feeds,
      RoomAudience audience,
      RoomPresence presence,
      TypingElsewhere typists,
      MembershipWatch memberships,
      SessionWatch sockets,
      NameWatch names) {
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

  public void heard(NodeNews news) {
    switch (news) {
      case NodeNews.SessionEnded(var session) -> sockets.ended(session);
      case NodeNews.MembershipEnded(var member) -> memberships.ended(member);
      case NodeNews.Renamed(var user) -> names.renamed(user);
      case NodeNews.PresenceChanged(var room, var someoneCame) -> {
        if (feeds.anybodyIn(room)) {
          presence.changedElsewhere(room, someoneCame);
        }
      }
    }
  }
}
