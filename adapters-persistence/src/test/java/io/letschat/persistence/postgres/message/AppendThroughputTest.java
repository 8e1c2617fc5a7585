package io.letschat.persistence.postgres.message;

import static io.letschat.persistence.postgres.message.TwoNodes.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.domain.room.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many messages a second get to disk. Prints it; fails only when it is absurdly few. */
@Tag("long")
class AppendThroughputTest {
  private static final int ROOMS = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(10);

  @Test
  void many_senders_share_the_cost_of_a_commit() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      List<Member> members = new ArrayList<>();
      for (int r = 0; r < ROOMS; r++) {
        members.add(nodes.stores.roomAndOwner());
      }
      measure(nodes, members, 64, WARM_UP);
      for (int senders : new int[] {1, 8, 64, 512}) {
        double perSecond = measure(nodes, members, senders, MEASURED);
        System.out.printf("%d senders: %.0f messages/s%n", senders, perSecond);
        assertThat(perSecond).isGreaterThan(10);
      }
    }
  }

  private static double measure(
      TwoNodes nodes, List<Member> members, int senders, Duration duration) throws Exception {
    long began = System.nanoTime();
    long end = began + duration.toNanos();
    List<Future<Long>> counts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int s = 0; s < senders; s++) {
        int sender = s;
        Member member = members.get(s % members.size());
        counts.add(threads.submit(() -> send(nodes, member, sender, end)));
      }
    }
    long sent = 0;
    for (Future<Long> count : counts) {
      sent += count.get();
    }
    return sent * 1e9 / (System.nanoTime() - began);
  }

  private static long send(TwoNodes nodes, Member member, int sender, long end) {
    long sent = 0;
    while (System.nanoTime() < end) {
      String id = sender + "-" + sent + "-" + end;
      assertThat(nodes.stores.log().append(message(member, "a message of usual length, " + id, id)))
          .isInstanceOf(Appended.class);
      sent++;
    }
    return sent;
  }
}
