package io.letschat.socketio;

import io.letschat.engineio.EngineMetrics;
import io.letschat.engineio.RejectionListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Measures a server and the engine below it: what waits, in either direction. */
public final class SocketMetrics implements MeterBinder {
  private final ConformantSocketIOServer server;

  public SocketMetrics(ConformantSocketIOServer server) {
    this.server = server;
  }

  /** Counts rejections of both layers, for the engine's settings. */
  public static RejectionListener rejections(MeterRegistry registry) {
    return EngineMetrics.rejections(registry, SocketIoRejectReason.values());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    new EngineMetrics(server.engine()).bindTo(registry);
    Gauge.builder("letschat.unhandled.events", () -> server.unhandled().sum())
        .description("What clients sent and nobody has dealt with yet")
        .register(registry);
    Gauge.builder("letschat.unhandled.events.most", () -> server.unhandled().max().orElse(0))
        .description("The same of the one socket with the most")
        .register(registry);
  }
}
