package io.letschat.persistence.postgres.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Measures the commits of messages: how many, how many together, how long they wait and take. */
public final class CommitMetrics implements CommitObserver {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final DistributionSummary batch;
  private final Timer waited;
  private final Timer took;
  private final Counter refused;
  private final Counter lost;

  public CommitMetrics(MeterRegistry registry) {
    this.registry = registry;
    batch =
        DistributionSummary.builder("letschat.append.batch")
            .description("Messages that shared a transaction")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 512)
            .register(registry);
    waited =
        timer("letschat.append.wait", "How long the first message waited for its transaction")
            .register(registry);
    took = timer("letschat.append", "How long a transaction took").register(registry);
    refused =
        Counter.builder("letschat.append.refused")
            .description("Messages that the database does not take")
            .register(registry);
    lost =
        Counter.builder("letschat.append.lost")
            .description("Messages of which it is not known whether they are on disk")
            .register(registry);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }

  @Override
  public void begins(IntSupplier waiting) {
    Gauge.builder("letschat.append.queue", waiting::getAsInt)
        .description("Messages that wait for a transaction")
        .register(registry);
  }

  @Override
  public void committed(int messages, Duration firstWaited, Duration transaction) {
    batch.record(messages);
    waited.record(firstWaited);
    took.record(transaction);
  }

  @Override
  public void refused() {
    refused.increment();
  }

  @Override
  public void lost(int messages) {
    lost.increment(messages);
  }
}
