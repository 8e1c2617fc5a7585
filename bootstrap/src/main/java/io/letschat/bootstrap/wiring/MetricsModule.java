package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.bootstrap.logging.ErrorCounter;
import io.letschat.bootstrap.logging.Logging;
import io.letschat.bootstrap.settings.Version;
import io.letschat.engineio.RejectionListener;
import io.letschat.gateway.GatewaySettings;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.message.CommitMetrics;
import io.letschat.persistence.postgres.message.CommitObserver;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketMetrics;
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
public final class MetricsModule implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics pauses = new JvmGcMetrics();
  private final ErrorCounter errors = new ErrorCounter(registry);

  public MetricsModule() {
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
  public Module module() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(MeterRegistry.class).toInstance(registry);
        bind(MetricsText.class).toInstance(registry::scrape);
        OptionalBinder.newOptionalBinder(binder(), CommitObserver.class)
            .setBinding()
            .toInstance(new CommitMetrics(registry));
      }
    };
  }

  public GatewaySettings.RejectionListener gatewayRejections() {
    return reason ->
        Counter.builder("letschat.refused")
            .description("What was not accepted, and why")
            .tag("where", "front")
            .tag("reason", reason)
            .register(registry)
            .increment();
  }

  public RejectionListener socketRejections() {
    return SocketMetrics.rejections(registry);
  }

  /** Watches what has been wired together. */
  public void watch(Database database, ConformantSocketIOServer sockets, Injector injector) {
    database.measure(registry);
    new SocketMetrics(sockets).bindTo(registry);
    Gauge.builder("letschat.rooms", injector.getInstance(RoomStreams.class)::rooms)
        .description("Rooms that somebody listens to")
        .register(registry);
  }

  public void watch(ClusterModule nodes) {
    nodes.measure(registry);
  }

  @Override
  public void close() {
    Logging.remove(errors);
    pauses.close();
    registry.close();
  }
}
