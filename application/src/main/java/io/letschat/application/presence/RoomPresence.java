package io.letschat.application.presence;

import io.letschat.application.Scheduler;
import io.letschat.application.message.RoomBroadcast;
import io.letschat.application.room.Connection;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a room who comes and goes, within bounds: names of {@link #LISTED} people at most, {@code
 * online users} at most once per room and {@link #PAUSE}, and no single comings and goings while
 * more than {@link #LISTED} are there. So a thousand people joining at once cost each of them a few
 * messages, not a thousand.
 */
public final class RoomPresence {
  public static final int LISTED = 100;
  public static final Duration PAUSE = Duration.ofSeconds(1);

  private final Presence presence;
  private final Memberships memberships;
  private final RoomBroadcast broadcast;
  private final Scheduler scheduler;

  /** What has happened in a room since it was told. */
  private record News(boolean any, boolean someoneCame) {
    static final News NONE = new News(false, false);
  }

  /** Rooms that were told less than a pause ago. */
  private final ConcurrentHashMap<RoomId, News> pausing = new ConcurrentHashMap<>();

  public RoomPresence(
      Presence presence, Memberships memberships, RoomBroadcast broadcast, Scheduler scheduler) {
    this.presence = presence;
    this.memberships = memberships;
    this.broadcast = broadcast;
    this.scheduler = scheduler;
  }

  /**
   * The socket counts from now on. Once it listens to the room, {@link #changed} tells everybody.
   */
  public void arrive(Member member, Connection connection) {
    RoomId room = member.room().id();
    Person person = Person.of(member);
    if (presence.arrive(room, person, connection.id()) && presence.online(room) <= LISTED) {
      broadcast.send(new RoomEvent.UserJoined(room, person));
    }
  }

  public void depart(Member member, Connection connection) {
    RoomId room = member.room().id();
    if (presence.depart(room, member.user(), connection.id())) {
      if (presence.online(room) < LISTED) {
        broadcast.send(new RoomEvent.UserLeft(room, Person.of(member)));
      }
      changed(room, false);
    }
  }

  /** Who is there now. */
  public RoomEvent.OnlineUsers now(RoomId room) {
    return now(room, false);
  }

  /** Tells the room who is there: at once, or when the pause since the last time is over. */
  public void changed(RoomId room, boolean someoneCame) {
    var first = new boolean[1];
    pausing.compute(
        room,
        (id, news) -> {
          first[0] = news == null;
          return news == null ? News.NONE : new News(true, news.someoneCame || someoneCame);
        });
    if (first[0]) {
      // Not by the caller: whoever comes or goes is not to wait, or fail, for the sake of the news.
      scheduler.after(Duration.ZERO, () -> tell(room, someoneCame));
      scheduler.after(PAUSE, () -> pauseOver(room));
    }
  }

  private void pauseOver(RoomId room) {
    var told = new News[] {News.NONE};
    // Nothing happened meanwhile: the room is forgotten, and the next change is told at once.
    pausing.computeIfPresent(
        room,
        (id, news) -> {
          told[0] = news;
          return news.any ? News.NONE : null;
        });
    if (told[0].any) {
      scheduler.after(PAUSE, () -> pauseOver(room));
      tell(room, told[0].someoneCame);
    }
  }

  private void tell(RoomId room, boolean someoneCame) {
    if (presence.online(room) > 0) {
      broadcast.send(now(room, someoneCame));
    }
  }

  private RoomEvent.OnlineUsers now(RoomId room, boolean someoneCame) {
    return new RoomEvent.OnlineUsers(
        room,
        presence.latest(room, LISTED),
        presence.online(room),
        memberships.count(room),
        someoneCame);
  }
}
