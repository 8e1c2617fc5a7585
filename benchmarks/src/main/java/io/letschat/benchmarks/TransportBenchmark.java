package io.letschat.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures both transports in one run, taking turns, each time in a new process: processor time per
 * delivery of a broadcast, and heap per idle connection.
 *
 * <p>Only the server's processor time counts: the wall clock of a shared machine says little.
 */
final class TransportBenchmark {
  /**
   * How much is measured.
   *
   * @param runs of each transport, of which the median counts
   * @param crowds sizes of the crowds that are broadcast to
   * @param deliveries measured for each crowd and pattern
   * @param idle connections that are weighed
   */
  record Size(int runs, List<Integer> crowds, int deliveries, int idle) {
    static final Size FULL = new Size(3, List.of(300, 1000), 200_000, 1_000);
  }

  /** How many messages are sent before waiting until all clients have heard them. */
  private static final List<Integer> BURSTS = List.of(1, 10);

  private final Size size;

  TransportBenchmark(Size size) {
    this.size = size;
  }

  /** The measurements, as a table in Markdown. */
  List<String> table() throws IOException {
    Map<Contender, List<double[]>> measured = new EnumMap<>(Contender.class);
    for (int run = 0; run < size.runs(); run++) {
      for (Contender contender : Contender.values()) {
        double[] values = measure(contender);
        System.err.println("run " + (run + 1) + " " + contender + " " + Arrays.toString(values));
        measured.computeIfAbsent(contender, key -> new ArrayList<>()).add(values);
      }
    }
    List<String> names = names();
    List<String> table = new ArrayList<>();
    table.add("| | stock | ours | stock / ours |");
    table.add("|---|---|---|---|");
    for (int i = 0; i < names.size(); i++) {
      double stock = median(measured.getOrDefault(Contender.STOCK, List.of()), i);
      double ours = median(measured.getOrDefault(Contender.OURS, List.of()), i);
      table.add(
          String.format(
              Locale.ROOT, "| %s | %.1f | %.1f | %.1f |", names.get(i), stock, ours, stock / ours));
    }
    return table;
  }

  private static double median(List<double[]> runs, int index) {
    double[] values = runs.stream().mapToDouble(run -> run[index]).sorted().toArray();
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int crowd : size.crowds()) {
      for (int burst : BURSTS) {
        names.add(
            "µs of CPU per delivery to %d clients, %s"
                .formatted(crowd, burst == 1 ? "one message at a time" : burst + " at a time"));
      }
    }
    names.add("bytes of heap per idle connection");
    return names;
  }

  /** One value for each of {@link #names()}. */
  private double[] measure(Contender contender) throws IOException {
    List<Double> values = new ArrayList<>();
    for (int crowd : size.crowds()) {
      try (MeasuredServer server = new MeasuredServer(contender);
          Crowd clients = new Crowd(server.port(), crowd)) {
        long heard = 0;
        // The first round warms up.
        for (int burst : List.of(BURSTS.getLast(), 1, 10)) {
          long before = server.cpuNanos();
          int bursts = Math.max(1, size.deliveries() / crowd / burst);
          for (int i = 0; i < bursts; i++) {
            server.broadcast(burst);
            heard += (long) burst * crowd;
            clients.awaitHeard(heard);
          }
          double spent = server.cpuNanos() - before;
          values.add(spent / 1000 / ((double) bursts * burst * crowd));
        }
        values.remove(values.size() - BURSTS.size() - 1);
      }
    }
    values.add(heapPerConnection(contender));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double heapPerConnection(Contender contender) throws IOException {
    try (MeasuredServer server = new MeasuredServer(contender)) {
      // What is loaded for the first connections is not theirs.
      try (Crowd first = new Crowd(server.port(), 50)) {
        server.broadcast(1);
        first.awaitHeard(50);
        long before = server.heapBytes();
        try (Crowd idle = new Crowd(server.port(), size.idle())) {
          idle.awaitHeard(0);
          return (double) (server.heapBytes() - before) / size.idle();
        }
      }
    }
  }
}
