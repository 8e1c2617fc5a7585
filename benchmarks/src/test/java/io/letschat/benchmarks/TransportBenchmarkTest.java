package io.letschat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.benchmarks.TransportBenchmark.Size;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Minutes of full load only when asked for by {@code -Plong}: see docs/benchmarks.md. */
class TransportBenchmarkTest {
  @Test
  @Tag("long")
  void the_full_measurement() throws IOException {
    System.out.println(String.join("\n", new TransportBenchmark(Size.FULL).table()));
  }

  /** That the benchmark still runs; its numbers mean nothing at this size. */
  @Test
  void both_transports_are_measured() throws IOException {
    var size = new Size(1, List.of(5), 100, 50);
    assertThat(new TransportBenchmark(size).table())
        .hasSize(5)
        .last()
        .asString()
        .matches("\\| bytes of heap per idle connection( \\| -?[0-9]+\\.[0-9]){3} \\|");
  }
}
