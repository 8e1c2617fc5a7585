package io.letschat.web;

import io.letschat.web.metrics.MetricsToken;
import java.util.Optional;
import java.util.Set;

/**
 * How the pages' server is set up.
 *
 * @param frontSecret what the front shows with every request; made anew at each start
 * @param friendlyOrigins the origins of {@code CORS_ORIGIN}, beside our own
 * @param imageOrigins where shared images are, beside our own
 * @param metricsToken lets others than programs on this machine read the metrics
 */
public record WebSettings(
    String frontSecret,
    Set<String> friendlyOrigins,
    Set<String> imageOrigins,
    Optional<MetricsToken> metricsToken) {
  @Override
  public String toString() {
    return "WebSettings[" + friendlyOrigins + "]";
  }
}
