package io.letschat.persistence.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.persistence.Await;
import io.letschat.standin.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** The connections to a Redis that comes and goes. */
class RedisTest {
  @TempDir private Path folder;
  private RedisServer server;
  private Redis redis;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      redis.close();
      server.close();
    }
  }

  @Test
  void an_address_that_it_will_never_let_in_is_told_from_one_that_is_away() throws Exception {
    assertThat(redis.refusal()).isEmpty();
    int port = server.address().getPort();
    assertThat(refusal("redis://127.0.0.1:" + port + "/999").orElseThrow()).contains("DB index");
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("CONFIG SET requirepass right\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(3)).isEqualTo("+OK".getBytes(UTF_8));
    }
    assertThat(refusal("redis://127.0.0.1:" + port).orElseThrow()).startsWith("NOAUTH");
    assertThat(refusal("redis://:wrong@127.0.0.1:" + port).orElseThrow()).startsWith("WRONGPASS");
    assertThat(refusal("redis://:right@127.0.0.1:" + port)).isEmpty();
    server.kill();
    assertThat(redis.refusal()).isEmpty();
    server.startAgain();
  }

  private static Optional<String> refusal(String address) {
    try (Redis redis = Redis.open(URI.create(address), "test")) {
      return redis.refusal();
    }
  }

  @Test
  void after_a_restart_no_call_fails_because_of_the_connections_from_before() throws Exception {
    var registry = new SimpleMeterRegistry();
    redis.measure(registry);
    openConnections(8);
    assertThat(idle(registry)).isEqualTo(8);

    server.kill();
    server.startAgain();

    for (int i = 0; i < 20; i++) {
      long counted = redis.ask(client -> client.incr("counter"));
      assertThat(counted).isEqualTo(i + 1);
    }
    assertThat(redis.failures()).isZero();
    assertThat(registry.get("letschat.redis.repeated").functionCounter().count())
        .isLessThanOrEqualTo(2);
    assertThat(idle(registry)).isLessThan(8);
  }

  @Test
  void what_must_not_happen_twice_is_not_tried_again() throws Exception {
    openConnections(2);
    try (Redis another = Redis.open(server.address(), "test")) {
      another.ask(client ->
          client.executeCommand(
              new CommandArguments(Protocol.Command.CLIENT).add("KILL").add("TYPE").add("normal")));
    }
    var tries = new AtomicInteger();

    assertThatThrownBy(() ->
            redis.askOnce(client -> {
              tries.incrementAndGet();
              return client.incr("counter");
            }))
        .isInstanceOf(RedisUnavailable.class);

    assertThat(tries).hasValue(1);
    assertThat(redis.isAnswering()).isFalse();
    assertThat(redis.isReady()).isTrue();
    assertThat(redis.isAnswering()).isTrue();
    boolean counted = redis.ask(client -> client.exists("counter"));
    assertThat(counted).isFalse();
  }

  @Test
  void a_redis_that_is_full_is_not_ready() throws Exception {
    server.tell("CONFIG SET maxmemory 1");
    try {
      assertThat(redis.isReady()).isFalse();
    } finally {
      server.tell("CONFIG SET maxmemory 0");
    }
    assertThat(redis.isReady()).isTrue();
  }

  @Test
  void a_redis_that_has_become_a_replica_is_left_at_once_and_taken_back_when_it_is_none()
      throws Exception {
    redis.ask(client -> client.set("before", "1"));
    replicaOf("127.0.0.1", "1");

    assertThatThrownBy(() -> redis.ask(client -> client.set("after", "1")))
        .isInstanceOf(RedisUnavailable.class)
        .hasRootCauseMessage("READONLY You can't write against a read only replica.");

    assertThat(redis.isReady()).isFalse();
    server.tell("REPLICAOF NO ONE");
    Await.until("it is asked again", redis::isReady);
    String set = redis.ask(client -> client.set("after", "1"));
    assertThat(set).isEqualTo("OK");
  }

  @Test
  void a_redis_that_says_nothing_costs_one_call_a_wait_and_not_each() throws Exception {
    try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Socket> open = new ArrayList<>();
      threads.submit(() -> {
        while (true) {
          open.add(mute.accept());
        }
      });
      try (Redis silent =
          Redis.open(URI.create("redis://127.0.0.1:" + mute.getLocalPort()), "test")) {
        assertThatThrownBy(() -> silent.ask(client -> client.get("x")))
            .isInstanceOf(RedisUnavailable.class);

        long begin = System.nanoTime();
        int asked = 0;
        while (System.nanoTime() - begin < Duration.ofMillis(800).toNanos()) {
          assertThatThrownBy(() -> silent.ask(client -> client.get("x")))
              .isInstanceOf(RedisUnavailable.class);
          asked++;
        }
        assertThat(asked).isGreaterThan(100);
        assertThat(silent.isReady()).isFalse();
        assertThat(silent.isAnswering()).isFalse();
        assertThat(silent.failures()).isBetween(2L, 5L);
      }
      mute.close();
      threads.shutdownNow();
      for (Socket each : open) {
        each.close();
      }
    }
  }

  @Test
  void an_answer_that_makes_no_sense_spoils_no_other() throws Exception {
    try (var liar = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> {
        while (true) {
          Socket each = liar.accept();
          threads.submit(() -> {
            try (each) {
              while (each.getInputStream().read(new byte[1024]) > 0) {
                each.getOutputStream().write("!what\r\n:5\r\n".getBytes(UTF_8));
              }
            }
            return null;
          });
        }
      });
      try (Redis lying =
          Redis.open(URI.create("redis://127.0.0.1:" + liar.getLocalPort()), "test")) {
        assertThatThrownBy(() -> lying.ask(client -> client.get("x")))
            .isInstanceOf(RedisUnavailable.class);
        assertThat(lying.isReady()).isFalse();
      }
      liar.close();
      threads.shutdownNow();
    }
  }

  private void replicaOf(String host, String port) {
    redis.ask(client ->
        client.executeCommand(
            new CommandArguments(Protocol.Command.REPLICAOF).add(host).add(port)));
  }

  /** So many at the same time, which are idle afterwards. */
  private void openConnections(int count) throws Exception {
    var all = new CountDownLatch(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(
            threads.submit(() ->
                redis.ask(client -> {
                  try (var pipeline = client.pipelined()) {
                    var answer = pipeline.get("nothing");
                    all.countDown();
                    all.await(30, TimeUnit.SECONDS);
                    pipeline.sync();
                    return answer.get();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })));
      }
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static double idle(SimpleMeterRegistry registry) {
    return registry.get("letschat.redis.connections").tag("state", "idle").gauge().value();
  }
}
