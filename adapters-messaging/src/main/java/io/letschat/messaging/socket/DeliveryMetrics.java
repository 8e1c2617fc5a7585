package io.letschat.messaging.socket;

import io.letschat.application.delivery.DeliveryObserver;
import io.letschat.domain.message.Message;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Measures how long messages take to this node's sockets, and the gaps that had to be filled. */
public final class DeliveryMetrics implements DeliveryObserver {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final Map<Source, Timer> delivery = new EnumMap<>(Source.class);
  private final Timer gaps;
  private final Counter healed;
  private final InstantSource clock;
  private final Consumer<Runnable> whenWritten;

  /**
   * @param whenWritten runs something once what was sent before has been written
   */
  public DeliveryMetrics(
      MeterRegistry registry, InstantSource clock, Consumer<Runnable> whenWritten) {
    this.clock = clock;
    this.whenWritten = whenWritten;
    for (Source source : Source.values()) {
      delivery.put(
          source,
          timer("letschat.delivery", "From the time of a message until it was written to sockets")
              .tag("way", source.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    gaps =
        timer("letschat.gap", "How long messages were missing that had to be looked up")
            .register(registry);
    healed =
        Counter.builder("letschat.messages.healed")
            .description("Messages that were missing and had to be looked up")
            .register(registry);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }

  @Override
  public void delivered(Message message, Source source) {
    Timer timer = delivery.get(source);
    if (timer != null) {
      whenWritten.accept(() -> timer.record(since(message)));
    }
  }

  /** By two clocks, where another node has said it; one that is ahead of ours counts as none. */
  private Duration since(Message message) {
    Duration since = Duration.between(message.createdAt(), clock.instant());
    return since.isNegative() ? Duration.ZERO : since;
  }

  @Override
  public Gap gapOpened() {
    long since = System.nanoTime();
    return fromLog -> {
      if (fromLog > 0) {
        gaps.record(Duration.ofNanos(System.nanoTime() - since));
        healed.increment(fromLog);
      }
    };
  }
}
