package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.message.RoomFeeds;
import io.letschat.messaging.engineio.EngineMetrics;
import io.letschat.messaging.engineio.Refusals;
import io.letschat.messaging.front.FrontSettings;
import io.letschat.messaging.socketio.ConformantSocketIOServer;
import io.letschat.messaging.socketio.SocketMetrics;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.message.CommitListener;
import io.letschat.persistence.postgres.message.CommitMetrics;
import io.letschat.web.metrics.MetricsText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/**
 * What {@code /metrics} tells. No label says who somebody is, where they come from or what they
 * wrote, and each has a bounded number of values.
 */
final class Measurements implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics pauses = new JvmGcMetrics();
  private final ErrorCounter errors = new ErrorCounter(registry);

  Measurements() {
    List<MeterBinder> process =
        List.of(
            pauses,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());
    process.forEach(each -> each.bindTo(registry));
    Logging.add(errors);
    Gauge.builder("letschat.info", () -> 1)
        .description("Which LetsChat this is")
        .tag("version", Version.current())
        .register(registry);
  }

  /** Gives the adapters what they measure with. */
  Module module() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(MeterRegistry.class).toInstance(registry);
        bind(MetricsText.class).toInstance(registry::scrape);
        OptionalBinder.newOptionalBinder(binder(), CommitListener.class)
            .setBinding()
            .toInstance(new CommitMetrics(registry));
      }
    };
  }

  FrontSettings.Refusals frontRefusals() {
    return reason ->
        Counter.builder("letschat.refused")
            .description("What was not accepted, and why")
            .tag("where", "front")
            .tag("reason", reason)
            .register(registry)
            .increment();
  }

  Refusals socketRefusals() {
    return EngineMetrics.refusals(registry);
  }

  /** Watches what has been wired together. */
  void watch(Database database, ConformantSocketIOServer sockets, Injector injector) {
    database.measure(registry);
    new SocketMetrics(sockets).bindTo(registry);
    Gauge.builder("letschat.rooms", injector.getInstance(RoomFeeds.class)::rooms)
        .description("Rooms that somebody listens to")
        .register(registry);
  }

  void watch(ManyNodes nodes) {
    nodes.measure(registry);
  }

  @Override
  public void close() {
    Logging.remove(errors);
    pauses.close();
    registry.close();
  }
}
