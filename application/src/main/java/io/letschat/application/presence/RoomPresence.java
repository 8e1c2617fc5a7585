package io.letschat.application.presence;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.delivery.cluster.PresenceListener;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a room who comes and goes, within bounds: names of {@link #LISTED} people at most, {@code
 * online users} at most once per room and {@link #PAUSE}, and no single comings and goings while
 * more than {@link #LISTED} are there. So a thousand people joining at once cost each of them a few
 * messages, not a thousand.
 */
public final class RoomPresence implements PresenceListener {
  public static final int LISTED = 100;
  public static final Duration PAUSE = Duration.ofSeconds(1);

  private final ConnectionRegistry registry;
  private final Presence presence;
  private final LocalRoster people;
  private final RoomRoster roomRoster;
  private final RoomPublisher broadcast;
  private final Scheduler scheduler;
  private final ClusterBus others;

  /**
   * What has happened in a room since it was told.
   *
   * @param here whether it happened on this node, so that the others have to hear of it
   */
  private record News(boolean any, boolean someoneCame, boolean here) {
    static final News NONE = new News(false, false, false);

    News and(News more) {
      return new News(true, someoneCame || more.someoneCame, here || more.here);
    }
  }

  /** Rooms that were told less than a pause ago. */
  private final ConcurrentHashMap<RoomId, News> pausing = new ConcurrentHashMap<>();

  public RoomPresence(
      ConnectionRegistry registry,
      Presence presence,
      LocalRoster people,
      RoomRoster roomRoster,
      RoomPublisher broadcast,
      Scheduler scheduler,
      ClusterBus others) {
    this.registry = registry;
    this.presence = presence;
    this.people = people;
    this.roomRoster = roomRoster;
    this.broadcast = broadcast;
    this.scheduler = scheduler;
    this.others = others;
  }

  /**
   * The socket counts from now on. Once it listens to the room, {@link #changed} tells everybody.
   *
   * @return how many people are there now
   */
  public long arrive(Member member, Connection connection) {
    RoomId room = member.room().id();
    people.arrive(member);
    Presence.Change outcome = presence.arrive(room, member.user(), connection.id());
    if (outcome.changed() && outcome.online() <= LISTED) {
      broadcast.send(new RoomEvent.UserJoined(room, people.person(member)));
    }
    return outcome.online();
  }

  public void depart(Member member, Connection connection) {
    RoomId room = member.room().id();
    Person person = people.depart(member);
    Presence.Change outcome = presence.depart(room, member.user(), connection.id());
    if (outcome.changed()) {
      if (outcome.online() < LISTED) {
        broadcast.send(new RoomEvent.UserLeft(room, person));
      }
      changed(room, false);
    }
  }

  /** The last sockets in the room of these people, who were on another node, are gone. */
  public void gone(RoomId room, List<UserId> users) {
    if (users.size() <= LISTED) {
      // Their names have to be looked up: nobody else is to wait for that, or fail with it.
      scheduler.after(
          Duration.ZERO,
          () -> {
            if (presence.online(room) < LISTED) {
              roomRoster
                  .named(users)
                  .forEach(person -> broadcast.send(new RoomEvent.UserLeft(room, person)));
            }
          });
    }
    changed(room, false);
  }

  /** How many belong to the room. */
  public long members(RoomId room) {
    return roomRoster.members(room);
  }

  /**
   * Tells the room who is there, on every node: at once, or when the pause since the last time is
   * over.
   */
  public void changed(RoomId room, boolean someoneCame) {
    changed(room, new News(true, someoneCame, true));
  }

  /** The same for what another node has said: it tells its own sockets. */
  @Override
  public void changedElsewhere(RoomId room, boolean someoneCame) {
    changed(room, new News(true, someoneCame, false));
  }

  /**
   * This node ends, and these rooms have lost people with it: the other nodes tell their sockets.
   */
  public void leftWithNode(Collection<RoomId> rooms) {
    rooms.forEach(room -> others.announce(new ClusterEvent.PresenceChanged(room, false)));
  }

  /**
   * News of any room may have been missed: the sockets of this node are told once more, a thousand
   * rooms a second.
   */
  public void tellAgain() {
    List<RoomId> rooms = registry.rooms();
    for (int i = 0; i < rooms.size(); i++) {
      RoomId room = rooms.get(i);
      scheduler.after(Duration.ofMillis(i), () -> changedElsewhere(room, false));
    }
  }

  private void changed(RoomId room, News news) {
    var first = new boolean[1];
    pausing.compute(
        room,
        (id, waiting) -> {
          first[0] = waiting == null;
          return waiting == null ? News.NONE : waiting.and(news);
        });
    if (first[0]) {
      // Not by the caller: whoever comes or goes is not to wait, or fail, for the sake of the news.
      scheduler.after(Duration.ZERO, () -> tellSurely(room, news));
      scheduler.after(PAUSE, () -> pauseOver(room));
    }
  }

  private void pauseOver(RoomId room) {
    var waiting = new News[] {News.NONE};
    // Nothing happened meanwhile: the room is forgotten, and the next change is told at once.
    pausing.computeIfPresent(
        room,
        (id, news) -> {
          waiting[0] = news;
          return news.any ? News.NONE : null;
        });
    if (waiting[0].any) {
      scheduler.after(PAUSE, () -> pauseOver(room));
      tellSurely(room, waiting[0]);
    }
  }

  /** What cannot be told now, since a store is away, is told later. */
  private void tellSurely(RoomId room, News news) {
    try {
      tell(room, news);
    } catch (RuntimeException e) {
      scheduler.after(PAUSE, () -> changed(room, news));
      throw e;
    }
  }

  private void tell(RoomId room, News news) {
    if (news.here) {
      others.announce(new ClusterEvent.PresenceChanged(room, news.someoneCame));
    }
    if (presence.online(room) > 0) {
      broadcast.sendHere(roomRoster.list(room, news.someoneCame));
    }
  }
}
