package io.letschat.web.metrics;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import io.letschat.web.page.Errors;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Times every request as {@code http.server.requests} by method, route and status, and counts
 * refused ones by reason. The route is the pattern, never the path: what people ask for stays
 * private, and the number of series bounded.
 */
public final class HttpMetrics implements RequestLogger {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;

  public HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(Context ctx, Float millis) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    String method = ctx.method().name();
    Timer.builder("http.server.requests")
        .description("Requests to the pages and the HTTP API")
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(ctx.statusCode()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record((long) (millis * 1e6), TimeUnit.NANOSECONDS);
    String refused = ctx.attribute(Errors.REFUSED);
    if (refused != null) {
      Counter.builder("letschat.refused")
          .description("What was not accepted, and why")
          .tag("where", "http")
          .tag("reason", refused)
          .register(registry)
          .increment();
    }
  }
}
