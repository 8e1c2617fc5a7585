package io.letschat.persistence.redis.presence;

import io.letschat.application.presence.Presence.Change;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.RedisUnavailable;
import io.letschat.persistence.redis.presence.RedisPresence.Gone;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Who is there, as Redis knows it, and what one node changes in it. Every method throws {@link
 * RedisUnavailable}.
 */
final class PresenceStore {
  private static final int EVICTED_AT_ONCE = 500;

  private final Redis redis;
  private final String node;

  PresenceStore(Redis redis, String node) {
    this.redis = redis;
    this.node = node;
  }

  Change add(PresenceEntry entry) {
    return outcome(PresenceScripts.ARRIVE, arguments(entry));
  }

  /** Those for which {@code still} holds when their turn comes, in one round trip. */
  void addAll(List<PresenceEntry> entries, Predicate<PresenceEntry> still) {
    redis.ask(client -> {
      try (Pipeline pipeline = client.pipelined()) {
        for (PresenceEntry entry : entries) {
          if (still.test(entry)) {
            pipeline.eval(redis.script(PresenceScripts.ARRIVE), List.of(), arguments(entry));
          }
        }
        pipeline.sync();
        return entries.size();
      }
    });
  }

  Change remove(PresenceEntry entry) {
    return outcome(PresenceScripts.DEPART, arguments(entry));
  }

  /** What it knows of this node, each as {@link PresenceEntry} writes it. */
  Set<String> entriesOfNode() {
    return redis.ask(client -> client.smembers(redis.key("presence:node:" + node)));
  }

  long online(RoomId room) {
    return redis.ask(client -> client.zcard(people(room)));
  }

  /** Who came last is first. */
  List<UserId> latest(RoomId room, int most) {
    return redis
        .ask(client -> client.zrange(people(room), ZRangeParams.zrangeParams(0, most - 1).rev()))
        .stream()
        .map(PresenceStore::user)
        .toList();
  }

  /**
   * What Redis says to a heartbeat.
   *
   * @param known whether it knew this node
   * @param silent nodes that have been silent for too long
   */
  record Answer(boolean known, List<String> silent) {}

  Answer heartbeat(long silenceMs) {
    List<String> answer = run(PresenceScripts.HEARTBEAT, node, Long.toString(silenceMs));
    return new Answer(!answer.getFirst().equals("0"), answer.subList(1, answer.size()));
  }

  /** Takes this node's people away, at once. */
  void evictThisNode(List<Gone> gone) {
    evictNode(node, -1, gone);
  }

  /**
   * Takes away the people of a node, unless it has been heard of meanwhile.
   *
   * @param gone is added whose last socket it was, also before a failure
   */
  void evictNode(String silent, long silenceMs, List<Gone> gone) {
    List<String> answer;
    do {
      answer =
          run(
              PresenceScripts.EVICT_NODE,
              silent,
              Long.toString(silenceMs),
              Integer.toString(EVICTED_AT_ONCE));
      for (int i = 1; i < answer.size(); i += 2) {
        var room = new RoomId(Long.parseLong(answer.get(i)));
        gone.add(new Gone(room, user(answer.get(i + 1))));
      }
    } while (answer.getFirst().equals("1"));
  }

  private String people(RoomId room) {
    return redis.key("presence:" + room + ":people");
  }

  private List<String> arguments(PresenceEntry entry) {
    return List.of(
        node, entry.room().toString(), Long.toString(entry.user().value()), entry.socket());
  }

  private Change outcome(String script, List<String> arguments) {
    List<?> answer =
        (List<?>) redis.ask(client -> client.eval(redis.script(script), List.of(), arguments));
    return new Change(
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
