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
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Presence of all nodes together. Each node has to {@link #beat} regularly; one that is silent for
 * {@link #SILENCE_MS} is taken for dead, and the others take its people away. While Redis is away,
 * everybody sees the people of the own node, and Redis is told of the changes when it is back.
 */
public final class RedisPresence implements Presence {
  static final long SILENCE_MS = 15_000;
  private static final int BURIED_AT_ONCE = 500;
  private static final int MENDED_AT_ONCE = 500;
  private static final int TOLD_AT_ONCE = 500;

  private record Place(RoomId room, UserId user, String socket) {
    static Place parse(String written) {
      String[] parts = written.split(" ", 3);
      return new Place(
          new RoomId(Long.parseLong(parts[0])), new UserId(Long.parseLong(parts[1])), parts[2]);
    }

    @Override
    public String toString() {
      return room + " " + user.value() + " " + socket;
    }
  }

  private final Redis redis;
  private final String node;
  private final Set<Place> own = ConcurrentHashMap.newKeySet();
  private final LocalPresence here = new LocalPresence();

  /** Whether Redis may have missed something of ours. */
  private volatile boolean behind;

  /** Where it may have been told wrong who is there, here or elsewhere. */
  private final Set<RoomId> doubtful = ConcurrentHashMap.newKeySet();

  /**
   * @param node a name that no other node has, nor this one after a restart
   */
  public RedisPresence(Redis redis, String node) {
    this.redis = redis;
    this.node = node;
  }

  @Override
  public Outcome arrive(RoomId room, UserId user, String connection) {
    var place = new Place(room, user, connection);
    own.add(place);
    Outcome outcome = here.arrive(room, user, connection);
    try {
      return tellArrival(place);
    } catch (RedisUnavailable away) {
      behind = true;
      doubtful.add(room);
      return outcome;
    }
  }

  @Override
  public Outcome depart(RoomId room, UserId user, String connection) {
    var place = new Place(room, user, connection);
    if (!own.remove(place)) {
      return new Outcome(false, online(room));
    }
    Outcome outcome = here.depart(room, user, connection);
    try {
      return tellDeparture(place);
    } catch (RedisUnavailable away) {
      behind = true;
      doubtful.add(room);
      return outcome;
    }
  }

  @Override
  public long online(RoomId room) {
    try {
      return redis.ask(client -> client.zcard(redis.key("presence:" + room + ":people")));
    } catch (RedisUnavailable away) {
      doubtful.add(room);
      return here.online(room);
    }
  }

  @Override
  public List<UserId> latest(RoomId room, int most) {
    try {
      return redis
          .ask(client ->
              client.zrange(
                  redis.key("presence:" + room + ":people"),
                  ZRangeParams.zrangeParams(0, most - 1).rev()))
          .stream()
          .map(RedisPresence::user)
          .toList();
    } catch (RedisUnavailable away) {
      doubtful.add(room);
      return here.latest(room, most);
    }
  }

  /** Somebody whom a dead node has left behind, and who is there no more. */
  public record Gone(RoomId room, UserId user) {}

  /**
   * What came of a beat.
   *
   * @param gone whom dead nodes have left behind
   * @param mended rooms of which wrong lists may have been told, on any node, while Redis was away,
   *     and which can be told right now; at most {@value #MENDED_AT_ONCE}, the others follow with
   *     the next beats
   */
  public record Beat(List<Gone> gone, Set<RoomId> mended) {}

  /**
   * Says that this node is alive, tells Redis what it has missed, and takes away the people of
   * nodes that are dead. Without effect while Redis is away.
   */
  public Beat beat() {
    List<Gone> gone = new ArrayList<>();
    Set<RoomId> mended = new HashSet<>();
    try {
      List<String> answer = run(PresenceScripts.BEAT, node, Long.toString(SILENCE_MS));
      if (behind || answer.getFirst().equals("0")) {
        behind = false;
        compare();
      }
      for (String silent : answer.subList(1, answer.size())) {
        bury(silent, SILENCE_MS, gone);
      }
      for (RoomId room : doubtful) {
        if (mended.size() < MENDED_AT_ONCE && doubtful.remove(room)) {
          mended.add(room);
        }
      }
    } catch (RedisUnavailable away) {
      behind = true;
    }
    return new Beat(gone, mended);
  }

  /** This node ends: nobody is to wait until its silence is noticed. */
  public List<Gone> leave() {
    List<Gone> gone = new ArrayList<>();
    try {
      bury(node, -1, gone);
    } catch (RedisUnavailable away) {
      // The others will notice.
    }
    return gone;
  }

  private void bury(String silent, long silence, List<Gone> gone) {
    List<String> answer;
    do {
      answer =
          run(
              PresenceScripts.BURY,
              silent,
              Long.toString(silence),
              Integer.toString(BURIED_AT_ONCE));
      for (int i = 1; i < answer.size(); i += 2) {
        var room = new RoomId(Long.parseLong(answer.get(i)));
        gone.add(new Gone(room, user(answer.get(i + 1))));
      }
    } while (answer.getFirst().equals("1"));
  }

  /** Afterwards Redis knows our people and no others of ours. */
  private void compare() {
    Set<String> known = redis.ask(client -> client.smembers(redis.key("presence:node:" + node)));
    for (String written : known) {
      Place place = Place.parse(written);
      if (!own.contains(place)) {
        doubtful.add(place.room);
        tellDeparture(place);
        // It may have come back between the two.
        if (own.contains(place)) {
          tellArrival(place);
        }
      }
    }
    List<Place> missing = own.stream().filter(place -> !known.contains(place.toString())).toList();
    for (int i = 0; i < missing.size(); i += TOLD_AT_ONCE) {
      List<Place> some = missing.subList(i, Math.min(i + TOLD_AT_ONCE, missing.size()));
      tellArrivals(some);
      for (Place place : some) {
        doubtful.add(place.room);
        // It may have gone between the two.
        if (!own.contains(place)) {
          tellDeparture(place);
        }
      }
    }
  }

  private void tellArrivals(List<Place> places) {
    redis.ask(client -> {
      try (Pipeline pipeline = client.pipelined()) {
        for (Place place : places) {
          if (own.contains(place)) {
            pipeline.eval(redis.script(PresenceScripts.ARRIVE), List.of(), arguments(place));
          }
        }
        pipeline.sync();
        return places.size();
      }
    });
  }

  private Outcome tellArrival(Place place) {
    return outcome(PresenceScripts.ARRIVE, arguments(place));
  }

  private Outcome tellDeparture(Place place) {
    return outcome(PresenceScripts.DEPART, arguments(place));
  }

  private List<String> arguments(Place place) {
    return List.of(node, place.room.toString(), Long.toString(place.user.value()), place.socket);
  }

  private Outcome outcome(String script, List<String> arguments) {
    List<?> answer =
        (List<?>) redis.ask(client -> client.eval(redis.script(script), List.of(), arguments));
    return new Outcome(
        Long.valueOf(1).equals(answer.get(0)), answer.get(1) instanceof Long online ? online : 0);
  }

  private List<String> run(String script, String... arguments) {
    Object answer =
        redis.ask(client -> client.eval(redis.script(script), List.of(), List.of(arguments)));
    return ((List<?>) answer).stream().map(String::valueOf).toList();
  }

  private static UserId user(String written) {
    return new UserId(Long.parseLong(written));
  }
}
