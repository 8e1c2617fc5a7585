package io.letschat.web;

import io.letschat.application.Addresses;
import io.letschat.protocol.GatewaySecret;
import io.letschat.web.metrics.MetricsToken;
import java.util.Optional;
import java.util.Set;

/**
 * How the pages' server is set up.
 *
 * @param gatewaySecret what the gateway shows with every request
 * @param friendlyOrigins the origins of {@code CORS_ORIGIN}, beside our own
 * @param imageOrigins where shared images are, beside our own
 * @param metricsToken lets others than programs on this machine read the metrics
 * @param addresses where browsers find what is served here
 */
public record WebSettings(
    GatewaySecret gatewaySecret,
    Set<String> friendlyOrigins,
    Set<String> imageOrigins,
    Optional<MetricsToken> metricsToken,
    Addresses addresses) {
  @Override
  public String toString() {
    return "WebSettings[" + friendlyOrigins + "]";
  }
}
