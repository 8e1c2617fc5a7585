package io.letschat.bootstrap.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.bootstrap.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One person on each node, who finds out what works there. */
final class Probe implements AutoCloseable {
  private static final Duration WELL = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final FaultyCluster cluster;
  private final List<Visitor> visitors;
  private final List<LoadPerson> people = new ArrayList<>();
  private final long room;

  Probe(FaultyCluster cluster) {
    this.cluster = cluster;
    String name = "probe" + NUMBERS.incrementAndGet() + "x";
    visitors = cluster.people().signUp(name, cluster.nodes().size());
    room = cluster.people().gather(name, visitors);
    for (int i = 0; i < visitors.size(); i++) {
      LoadPerson loadPerson =
          new LoadPerson(
              cluster.loops(), cluster::address, visitors.size(), false, visitors.get(i), room, i);
      people.add(loadPerson);
      loadPerson.come();
    }
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> people.stream().allMatch(LoadPerson::isHere),
        () -> "the probes are not in their room");
  }

  /**
   * How long from now until all was seen to be well: every node is ready, acks a message within a
   * second, and everybody on every node has it within another.
   */
  Duration untilNormal() {
    long begin = System.nanoTime();
    String wrong = "";
    while (System.nanoTime() - begin < LONGEST.toNanos()) {
      wrong = whatIsWrong();
      if (wrong.isEmpty()) {
        return Duration.ofNanos(System.nanoTime() - begin);
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("after " + LONGEST + ": " + wrong + "; " + whatWorks());
  }

  private String whatIsWrong() {
    for (int i = 0; i < people.size(); i++) {
      String problem =
          !people.get(i).isHere()
              ? "nobody gets in"
              : readiness(i) != 200 ? "not ready" : whereIsWhatIsSaidBy(people.get(i));
      if (!problem.isEmpty()) {
        return "node " + i + ": " + problem;
      }
    }
    return "";
  }

  private String whereIsWhatIsSaidBy(LoadPerson sender) {
    try {
      String id = "probe-" + NUMBERS.incrementAndGet();
      JsonNode answer = sender.say(id).get(WELL.toMillis(), TimeUnit.MILLISECONDS);
      if (!answer.path("ok").asBoolean()) {
        return answer.toString();
      }
      long seq = answer.at("/message/seq").asLong();
      long end = System.nanoTime() + WELL.toNanos();
      for (LoadPerson loadPerson : people) {
        while (loadPerson.last() < seq) {
          if (System.nanoTime() > end) {
            return "not heard in time on node " + loadPerson.node();
          }
          LockSupport.parkNanos(1_000_000);
        }
      }
      return "";
    } catch (TimeoutException | ExecutionException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Tries, at once, what people do beside sending: each with how it went, "" if well. */
  Map<String, String> whatWorks() {
    String fresh = "fresh" + NUMBERS.incrementAndGet();
    Map<String, Future<String>> tries = new LinkedHashMap<>();
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tries.put("/readyz", threads.submit(() -> status(readiness(0), 200)));
      tries.put("history", threads.submit(() -> status(history(), 200)));
      tries.put("sign-up", threads.submit(() -> status(signUp(fresh), 201)));
      tries.put("joining", threads.submit(this::joining));
      tries.forEach((what, outcome) -> outcomes.put(what, get(outcome)));
    }
    return outcomes;
  }

  private static String get(Future<String> outcome) {
    try {
      return outcome.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "no answer";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String status(int is, int shouldBe) {
    return is == shouldBe ? "" : Integer.toString(is);
  }

  private int readiness(int node) {
    try {
      return Visitor.send(cluster.address(node), "GET", "/readyz", "", Map.of()).status();
    } catch (RuntimeException noAnswer) {
      return 0;
    }
  }

  private int history() {
    String path = "/api/rooms/" + room + "/messages?limit=1";
    return Visitor.send(cluster.address(0), "GET", path, visitors.getFirst().token(), Map.of())
        .status();
  }

  private int signUp(String name) {
    var body = Map.of("email", name + "@example.org", "password", "a password", "username", name);
    return Visitor.send(cluster.address(0), "POST", "/api/auth/register", "", body).status();
  }

  private String joining() {
    var late =
        new LoadPerson(
            cluster.loops(), cluster::address, visitors.size(), false, visitors.get(0), room, 0);
    try {
      late.come();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      while (!late.isHere() && System.nanoTime() < end) {
        LockSupport.parkNanos(5_000_000);
      }
      return late.isHere() ? "" : "not within 3 s";
    } finally {
      late.leave();
    }
  }

  @Override
  public void close() {
    people.forEach(LoadPerson::leave);
  }
}
