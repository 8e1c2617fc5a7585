package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.bootstrap.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/**
 * Some send and all listen, in a room of their own, spread over the nodes. A sender repeats a
 * message under the same client message id, on another node if its connection ended, until it is
 * acked.
 */
final class Storm implements AutoCloseable {
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_ARRIVING = Duration.ofSeconds(120);
  private static final Duration LONGEST_REPEATING = Duration.ofSeconds(150);
  private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(90);
  private static final long PAUSE_AFTER_REFUSAL_NANOS = 100_000_000;
  private static final AtomicInteger STORMS = new AtomicInteger();

  private final FaultyCluster cluster;
  private final long room;
  private final List<LoadPerson> people = new ArrayList<>();
  private final List<Thread> sending = new ArrayList<>();
  private final Map<String, Long> acked = new ConcurrentHashMap<>();
  private final Map<String, Integer> refused = new ConcurrentSkipListMap<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger unsent = new AtomicInteger();
  private final Visitor anyone;
  private volatile boolean over;

  /**
   * @param senders the first of {@code people}
   * @param most how many messages each sends, unless it is stopped before
   * @param pause between an ack and the next message
   * @param begins on which node somebody begins
   */
  private Storm(
      FaultyCluster cluster,
      int senders,
      int listeners,
      int most,
      Duration pause,
      IntUnaryOperator begins) {
    this.cluster = cluster;
    String name = "storm" + STORMS.incrementAndGet() + "x";
    List<Visitor> visitors = cluster.people().signUp(name, senders + listeners);
    anyone = visitors.getFirst();
    room = cluster.people().gather(name, visitors);
    int nodes = cluster.nodes().size();
    for (int i = 0; i < visitors.size(); i++) {
      people.add(
          new LoadPerson(
              cluster.loops(),
              cluster::address,
              nodes,
              true,
              visitors.get(i),
              room,
              begins.applyAsInt(i)));
    }
    people.forEach(LoadPerson::come);
    AwaitInProgram.until(
        LONGEST_ARRIVING,
        () -> people.stream().allMatch(LoadPerson::isHere),
        () -> "not everybody is in the room");
    for (LoadPerson sender : people.subList(0, senders)) {
      sending.add(Thread.ofVirtual().start(() -> sendAll(sender, most, pause)));
    }
  }

  /** Goes on until it is stopped. */
  static Storm raging(FaultyCluster cluster, int senders, int listeners, Duration pause) {
    return new Storm(cluster, senders, listeners, Integer.MAX_VALUE, pause, everywhere(cluster));
  }

  /** As {@link #raging}, with everybody who only listens on one node. */
  static Storm ragingAt(
      FaultyCluster cluster, int node, int senders, int listeners, Duration pause) {
    IntUnaryOperator begins = i -> i < senders ? i % cluster.nodes().size() : node;
    return new Storm(cluster, senders, listeners, Integer.MAX_VALUE, pause, begins);
  }

  /** Each sender sends so many. */
  static Storm of(FaultyCluster cluster, int senders, int listeners, int each) {
    return new Storm(cluster, senders, listeners, each, Duration.ZERO, everywhere(cluster));
  }

  private static IntUnaryOperator everywhere(FaultyCluster cluster) {
    return i -> i % cluster.nodes().size();
  }

  private void sendAll(LoadPerson sender, int most, Duration pause) {
    for (int n = 0; n < most && !over; n++) {
      sendUntilAcked(sender, sender.name() + "-" + n);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private void sendUntilAcked(LoadPerson sender, String id) {
    long end = System.nanoTime() + LONGEST_REPEATING.toNanos();
    while (System.nanoTime() < end) {
      long began = System.nanoTime();
      boolean here = sender.isHere();
      String problem;
      try {
        JsonNode answer = sender.say(id).get(CLIENT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        problem = answer.path("ok").asBoolean() ? "" : answer.at("/error/code").asText();
        noteAnswerAfter(began);
      } catch (TimeoutException e) {
        problem = "no answer";
        noteAnswerAfter(began);
        sender.startOver();
      } catch (ExecutionException e) {
        problem = "disconnected";
        if (here) {
          unanswered.incrementAndGet();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (problem.isEmpty()) {
        acked.put(id, System.nanoTime());
        return;
      }
      if (!problem.equals("disconnected")) {
        refused.merge(problem, 1, Integer::sum);
      }
      LockSupport.parkNanos(PAUSE_AFTER_REFUSAL_NANOS);
    }
    unsent.incrementAndGet();
  }

  private void noteAnswerAfter(long began) {
    longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
  }

  List<LoadPerson> people() {
    return people;
  }

  long room() {
    return room;
  }

  int acked() {
    return acked.size();
  }

  /** When which id was acked, by {@link System#nanoTime}. */
  Map<String, Long> ackedAt() {
    return acked;
  }

  /** How often a send was answered with which error. */
  Map<String, Integer> refused() {
    return refused;
  }

  /** How many sends were on their way when the connection ended. */
  int unanswered() {
    return unanswered.get();
  }

  /** Everybody finishes what they are about to send. */
  void stop() {
    over = true;
    awaitSent();
  }

  void awaitSent() {
    long end = System.nanoTime() + LONGEST_REPEATING.plusSeconds(60).toNanos();
    for (Thread thread : sending) {
      try {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          throw new AssertionError("somebody still sends; " + refused);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What everybody has once they have had time to catch up. */
  Verdict verdict() {
    long head = head();
    long end = System.nanoTime() + LONGEST_CATCHING_UP.toNanos();
    while (System.nanoTime() < end
        && people.stream().anyMatch(loadPerson -> loadPerson.last() < head)) {
      LockSupport.parkNanos(5_000_000);
    }
    long delivered = 0;
    long missing = 0;
    long doubled = 0;
    long outOfOrder = 0;
    for (LoadPerson loadPerson : people) {
      List<LoadPerson.Heard> heard = loadPerson.heard();
      delivered += heard.size();
      doubled += loadPerson.doubled();
      outOfOrder += loadPerson.outOfOrder();
      Set<String> ids = new HashSet<>();
      for (LoadPerson.Heard one : heard) {
        if (!ids.add(one.id())) {
          doubled++;
        }
      }
      missing += acked.keySet().stream().filter(id -> !ids.contains(id)).count();
      List<String> order = heard.stream().map(LoadPerson.Heard::id).toList();
      if (!order.equals(people.getFirst().heard().stream().map(LoadPerson.Heard::id).toList())) {
        outOfOrder++;
      }
    }
    return new Verdict(
        acked.size(),
        delivered,
        missing,
        doubled,
        outOfOrder,
        unsent.get(),
        Duration.ofNanos(longestNanos.get()));
  }

  private long head() {
    JsonNode page =
        Visitor.send(
                cluster.address(0),
                "GET",
                "/api/rooms/" + room + "/messages?limit=1",
                anyone.token(),
                Map.of())
            .body();
    return page.at("/messages/0/seq").asLong();
  }

  @Override
  public void close() {
    over = true;
    people.forEach(LoadPerson::leave);
  }

  /**
   * What became of it.
   *
   * @param delivered counts each message once for each listener
   * @param unsent messages that were never acked however often they were sent
   * @param longestSend how long a send was without any answer at most
   */
  record Verdict(
      long acked,
      long delivered,
      long missing,
      long doubled,
      long outOfOrder,
      long unsent,
      Duration longestSend) {

    static final Verdict NOTHING_SENT = new Verdict(0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** The promise. */
    Verdict holds() {
      assertThat(missing).as("acked messages that somebody did not get").isZero();
      assertThat(doubled).as("messages that somebody got twice").isZero();
      assertThat(outOfOrder).as("messages out of turn").isZero();
      assertThat(unsent).as("messages that could not be sent").isZero();
      assertThat(acked).isPositive();
      return this;
    }
  }
}
