package io.letschat.bootstrap.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.bootstrap.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;

/** Many join one room at once, on all nodes, and how often each is told who is there. */
final class ManyJoins {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final FaultyCluster cluster;

  ManyJoins(FaultyCluster cluster) {
    this.cluster = cluster;
  }

  void run(int count) {
    String name = "join" + count + "x";
    List<Visitor> visitors = cluster.people().signUp(name, count);
    long room = cluster.people().gather(name, visitors);
    List<LoadPerson> people = new ArrayList<>();
    int nodes = cluster.nodes().size();
    for (int i = 0; i < count; i++) {
      people.add(
          new LoadPerson(
              cluster.loops(), cluster::address, nodes, true, visitors.get(i), room, i % nodes));
    }
    try {
      long began = System.nanoTime();
      people.forEach(LoadPerson::come);
      AwaitInProgram.until(
          LONGEST,
          () -> people.stream().allMatch(person -> person.isHere()),
          () -> "not everybody has joined");
      Duration joined = Duration.ofNanos(System.nanoTime() - began);
      AwaitInProgram.until(
          LONGEST,
          () -> people.stream().allMatch(person -> person.online() == count),
          () -> "not everybody knows of everybody: " + known(people));
      Duration known = Duration.ofNanos(System.nanoTime() - began);
      // What would be too many might come late.
      Trial.rest(Duration.ofSeconds(2));
      IntSummaryStatistics lists =
          people.stream().mapToInt(person -> person.lists().size()).summaryStatistics();
      Report.row(
          "%d people join one room on %d nodes".formatted(count, nodes),
          "",
          "%d to %d `online users` each, all joined after %s"
              .formatted(lists.getMin(), lists.getMax(), Report.seconds(joined)),
          Storm.Verdict.NOTHING_SENT,
          "all clients have the right count after " + Report.seconds(known));
      assertThat(people).allMatch(person -> person.online() == count);
      // At once and then once a second, in the two seconds of rest as well; and one for a late
      // packet.
      assertThat(lists.getMax()).isLessThanOrEqualTo((int) known.toSeconds() + 4);
    } finally {
      people.forEach(LoadPerson::leave);
    }
  }

  /** How many people were told last which number. */
  private static Map<Long, Long> known(List<LoadPerson> people) {
    return people.stream().collect(groupingBy(LoadPerson::online, counting()));
  }
}
