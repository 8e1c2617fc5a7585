package io.letschat.persistence.redis.presence;

import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.Presence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.RedisUnavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Presence of all nodes together. Each node has to {@link #heartbeat} regularly; one that is silent
 * for {@link #SILENCE_MS} is taken for dead, and the others take its people away. While Redis is
 * away, everybody sees the people of the own node, and Redis is told of the changes when it is
 * back.
 */
public final class RedisPresence implements Presence {
  static final long SILENCE_MS = 15_000;
  private static final int RECONCILED_AT_ONCE = 500;
  private static final int ADDED_AT_ONCE = 500;

  private final PresenceStore store;
  private final Set<PresenceEntry> own = ConcurrentHashMap.newKeySet();
  private final LocalPresence here = new LocalPresence();

  /** Whether Redis may have missed something of ours. */
  private volatile boolean behind;

  /** Where it may have been told wrong who is there, here or elsewhere. */
  private final Set<RoomId> doubtful = ConcurrentHashMap.newKeySet();

  /**
   * @param node a name that no other node has, nor this one after a restart
   */
  public RedisPresence(Redis redis, String node) {
    this.store = new PresenceStore(redis, node);
  }

  @Override
  public Change arrive(RoomId room, UserId user, String connection) {
    var entry = new PresenceEntry(room, user, connection);
    own.add(entry);
    Change outcome = here.arrive(room, user, connection);
    try {
      return store.add(entry);
    } catch (RedisUnavailable unavailable) {
      behind = true;
      doubtful.add(room);
      return outcome;
    }
  }

  @Override
  public Change depart(RoomId room, UserId user, String connection) {
    var entry = new PresenceEntry(room, user, connection);
    if (!own.remove(entry)) {
      return new Change(false, online(room));
    }
    Change outcome = here.depart(room, user, connection);
    try {
      return store.remove(entry);
    } catch (RedisUnavailable unavailable) {
      behind = true;
      doubtful.add(room);
      return outcome;
    }
  }

  @Override
  public long online(RoomId room) {
    try {
      return store.online(room);
    } catch (RedisUnavailable unavailable) {
      doubtful.add(room);
      return here.online(room);
    }
  }

  @Override
  public List<UserId> latest(RoomId room, int most) {
    try {
      return store.latest(room, most);
    } catch (RedisUnavailable unavailable) {
      doubtful.add(room);
      return here.latest(room, most);
    }
  }

  /** Somebody whom a dead node has left behind, and who is there no more. */
  public record Gone(RoomId room, UserId user) {}

  /**
   * What came of a heartbeat.
   *
   * @param gone whom dead nodes have left behind
   * @param reconciled rooms of which wrong lists may have been told, on any node, while Redis was
   *     away, and which can be told right now; at most {@value #RECONCILED_AT_ONCE}, the others
   *     follow with the next heartbeats
   */
  public record HeartbeatResult(List<Gone> gone, Set<RoomId> reconciled) {}

  /**
   * Says that this node is alive, tells Redis what it has missed, and takes away the people of
   * nodes that are dead. Without effect while Redis is away.
   */
  public HeartbeatResult heartbeat() {
    List<Gone> gone = new ArrayList<>();
    Set<RoomId> reconciled = new HashSet<>();
    try {
      PresenceStore.Answer answer = store.heartbeat(SILENCE_MS);
      if (behind || !answer.known()) {
        behind = false;
        reconcile();
      }
      for (String silent : answer.silent()) {
        store.evictNode(silent, SILENCE_MS, gone);
      }
      for (RoomId room : doubtful) {
        if (reconciled.size() < RECONCILED_AT_ONCE && doubtful.remove(room)) {
          reconciled.add(room);
        }
      }
    } catch (RedisUnavailable unavailable) {
      behind = true;
    }
    return new HeartbeatResult(gone, reconciled);
  }

  /** This node ends: nobody is to wait until its silence is noticed. */
  public List<Gone> leave() {
    List<Gone> gone = new ArrayList<>();
    try {
      store.evictThisNode(gone);
    } catch (RedisUnavailable unavailable) {
      // The others will notice.
    }
    return gone;
  }

  /** Afterwards Redis knows our people and no others of ours. */
  private void reconcile() {
    Set<String> known = store.entriesOfNode();
    for (String written : known) {
      PresenceEntry entry = PresenceEntry.parse(written);
      if (!own.contains(entry)) {
        doubtful.add(entry.room());
        store.remove(entry);
        // It may have come back between the two.
        if (own.contains(entry)) {
          store.add(entry);
        }
      }
    }
    List<PresenceEntry> missing =
        own.stream().filter(entry -> !known.contains(entry.toString())).toList();
    for (int i = 0; i < missing.size(); i += ADDED_AT_ONCE) {
      List<PresenceEntry> some = missing.subList(i, Math.min(i + ADDED_AT_ONCE, missing.size()));
      store.addAll(some, own::contains);
      for (PresenceEntry entry : some) {
        doubtful.add(entry.room());
        // It may have gone between the two.
        if (!own.contains(entry)) {
          store.remove(entry);
        }
      }
    }
  }
}
