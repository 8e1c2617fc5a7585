package io.letschat.persistence.redis.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.presence.Presence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.Await;
import io.letschat.persistence.redis.Redis;
import io.letschat.standin.RedisServer;
import io.letschat.testkit.PresenceContract;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisPresenceTest extends PresenceContract {
  private static final RoomId ROOM = new RoomId(7);
  private static final UserId ADA = new UserId(1);
  private static final UserId BOB = new UserId(2);

  @TempDir static Path folder;
  private RedisServer server;
  private Redis redis;
  private RedisPresence presence;

  @BeforeAll
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      redis.close();
      server.close();
    }
  }

  @BeforeEach
  void empty() {
    redis.ask(client -> client.flushAll());
    presence = node();
    presence.heartbeat();
  }

  @Override
  protected Presence presence() {
    return presence;
  }

  private RedisPresence node() {
    return new RedisPresence(redis, UUID.randomUUID().toString());
  }

  /** As if the node had been silent for an hour. */
  private void fallsSilent(String node) {
    redis.ask(client -> client.zadd("letschat:test:presence:nodes", 1, node));
  }

  @Test
  void sockets_on_two_nodes_are_one_person() {
    RedisPresence there = node();
    assertThat(presence.arrive(ROOM, ADA, "here").changed()).isTrue();
    assertThat(there.arrive(ROOM, ADA, "there").changed()).isFalse();
    assertThat(there.arrive(ROOM, BOB, "bob").changed()).isTrue();

    assertThat(presence.online(ROOM)).isEqualTo(2);
    assertThat(presence.latest(ROOM, 10)).containsExactly(BOB, ADA);
    assertThat(presence.depart(ROOM, ADA, "here").changed()).isFalse();
    assertThat(there.depart(ROOM, ADA, "there").changed()).isTrue();
    assertThat(presence.latest(ROOM, 10)).containsExactly(BOB);
  }

  @Test
  void the_people_of_a_dead_node_go_and_those_who_are_elsewhere_too_stay() {
    var dead = new RedisPresence(redis, "dead");
    dead.heartbeat();
    dead.arrive(ROOM, ADA, "a1");
    dead.arrive(ROOM, BOB, "b1");
    presence.arrive(ROOM, BOB, "b2");
    assertThat(presence.heartbeat().gone()).isEmpty();

    fallsSilent("dead");

    assertThat(presence.heartbeat().gone()).containsExactly(new RedisPresence.Gone(ROOM, ADA));
    assertThat(presence.latest(ROOM, 10)).containsExactly(BOB);
    assertThat(presence.heartbeat().gone()).isEmpty();
  }

  @Test
  void a_crowd_of_a_dead_node_goes_too() {
    var dead = new RedisPresence(redis, "dead");
    dead.heartbeat();
    for (int i = 1; i <= 1200; i++) {
      dead.arrive(ROOM, new UserId(i), "s" + i);
    }
    assertThat(presence.online(ROOM)).isEqualTo(1200);
    fallsSilent("dead");

    assertThat(presence.heartbeat().gone()).hasSize(1200);
    assertThat(presence.online(ROOM)).isZero();
  }

  @Test
  void a_node_that_was_only_slow_brings_its_people_back() {
    var slow = new RedisPresence(redis, "slow");
    slow.heartbeat();
    slow.arrive(ROOM, ADA, "a1");
    fallsSilent("slow");
    presence.heartbeat();
    assertThat(presence.online(ROOM)).isZero();

    slow.heartbeat();

    assertThat(presence.latest(ROOM, 10)).containsExactly(ADA);
  }

  @Test
  void a_crowd_that_redis_has_forgotten_is_brought_back() {
    for (int i = 1; i <= 1200; i++) {
      presence.arrive(ROOM, new UserId(i), "s" + i);
    }
    redis.ask(client -> client.flushAll());
    assertThat(presence.online(ROOM)).isZero();

    presence.heartbeat();

    assertThat(presence.online(ROOM)).isEqualTo(1200);
    assertThat(node().latest(ROOM, 2000)).hasSize(1200).contains(new UserId(700));
  }

  @Test
  void a_node_that_ends_takes_its_people_along() {
    RedisPresence there = node();
    there.heartbeat();
    there.arrive(ROOM, ADA, "a1");
    there.leave();

    assertThat(presence.online(ROOM)).isZero();
  }

  @Test
  void while_redis_is_away_a_node_knows_its_own_people_and_afterwards_all_know_them()
      throws Exception {
    presence.arrive(ROOM, ADA, "a1");
    server.kill();
    try {
      assertThat(presence.arrive(ROOM, BOB, "b1").changed()).isTrue();
      assertThat(presence.depart(ROOM, ADA, "a1").changed()).isTrue();
      assertThat(presence.latest(ROOM, 10)).containsExactly(BOB);
      assertThat(presence.heartbeat().gone()).isEmpty();
    } finally {
      server.startAgain();
    }

    RedisPresence there = node();
    Await.until(
        "the other node sees Bob",
        () -> {
          presence.heartbeat();
          return there.online(ROOM) == 1;
        });
    assertThat(there.latest(ROOM, 10)).containsExactly(BOB);
  }

  @Test
  void a_room_of_which_something_wrong_was_told_is_told_again_once_redis_is_back()
      throws Exception {
    var quiet = new RoomId(8);
    presence.arrive(ROOM, ADA, "a1");
    presence.arrive(quiet, BOB, "b1");
    assertThat(presence.heartbeat().reconciled()).isEmpty();
    server.kill();
    try {
      assertThat(presence.online(ROOM)).isEqualTo(1);
      assertThat(presence.heartbeat().reconciled()).isEmpty();
    } finally {
      server.startAgain();
    }

    var reconciled = new HashSet<RoomId>();
    Await.until(
        "both are told again, one since it was asked for, one since Redis came back empty",
        () -> {
          reconciled.addAll(presence.heartbeat().reconciled());
          return reconciled.equals(Set.of(ROOM, quiet));
        });
    assertThat(presence.heartbeat().reconciled()).isEmpty();
  }
}
