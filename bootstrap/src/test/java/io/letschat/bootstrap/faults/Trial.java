package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Something breaks in the middle of a storm, and is whole again. */
final class Trial {
  /** Longer than any send may be without an answer. */
  private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

  private static final Duration CALM = Duration.ofMillis(500);
  private static final Duration BEFORE_TRYING = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What breaks something, or mends it. */
  interface Step {
    void take() throws Exception;
  }

  private final FaultyCluster cluster;
  private final Probe probe;

  Trial(FaultyCluster cluster, Probe probe) {
    this.cluster = cluster;
    this.probe = probe;
  }

  /**
   * Writes a row, and fails if the promise was broken.
   *
   * @param atLeast from the one step to the other; what people try meanwhile may take longer
   */
  void run(String fault, Step breaks, Duration atLeast, Step mends) throws Exception {
    try (Storm storm = Storm.raging(cluster, Form.senders(), Form.listeners(), PAUSE)) {
      rest(CALM);
      int before = storm.acked();
      long began = System.nanoTime();
      breaks.take();
      Map<String, String> works;
      int meanwhile;
      Duration lasted;
      try {
        rest(BEFORE_TRYING);
        works = probe.whatWorks();
        rest(Duration.ofNanos(began - System.nanoTime()).plus(atLeast));
        meanwhile = storm.acked() - before;
      } finally {
        lasted = Duration.ofNanos(System.nanoTime() - began);
        mends.take();
      }
      Duration normal = probe.untilNormal();
      String row = fault + " for " + Report.seconds(lasted);
      finish(storm, row, refused(storm, works), wentOn(meanwhile, works), normal);
      assertThat(works).doesNotContainValue("500");
    }
  }

  /** The same for what mends itself. */
  void run(String fault, Step breaks) throws Exception {
    try (Storm storm = Storm.raging(cluster, Form.senders(), Form.listeners(), PAUSE)) {
      rest(CALM);
      breaks.take();
      rest(BEFORE_TRYING);
      Duration normal = probe.untilNormal().plus(BEFORE_TRYING);
      finish(storm, fault, "", "", normal);
    }
  }

  private static void finish(
      Storm storm, String fault, String refused, String wentOn, Duration normal) {
    rest(CALM);
    storm.stop();
    Storm.Verdict verdict = storm.verdict();
    String all = refused.isEmpty() ? refused(storm) : refused;
    Report.row(fault, all, wentOn, verdict, Report.seconds(normal));
    verdict.holds();
    assertThat(verdict.longestSend()).isLessThan(LONGEST_SEND);
  }

  private static String refused(Storm storm, Map<String, String> works) {
    List<String> refused = new ArrayList<>();
    if (!storm.refused().isEmpty()) {
      refused.add(refused(storm));
    }
    works.forEach((what, problem) -> {
      if (!problem.isEmpty()) {
        refused.add(what + " (" + problem + ")");
      }
    });
    return String.join(", ", refused);
  }

  static String refused(Storm storm) {
    List<String> refused = new ArrayList<>();
    storm.refused().forEach((code, times) -> refused.add(times + " sends `" + code + "`"));
    return String.join(", ", refused);
  }

  private static String wentOn(int acked, Map<String, String> works) {
    List<String> well = new ArrayList<>();
    well.add(acked + " sends");
    works.forEach((what, problem) -> {
      if (problem.isEmpty()) {
        well.add(what);
      }
    });
    return String.join(", ", well);
  }

  /** The fault is to last: there is nothing to wait for but the time. */
  static void rest(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.min(20_000_000, Math.max(1, end - System.nanoTime())));
    }
  }
}
