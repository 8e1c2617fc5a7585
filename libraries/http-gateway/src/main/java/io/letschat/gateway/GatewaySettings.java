package io.letschat.gateway;

import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/**
 * How a gateway is set up.
 *
 * @param bind where to listen; port 0 takes any free one
 * @param trusted whose forwarding headers are believed
 * @param rejections counts what was rejected, by reason; called on event loops
 * @param targets what the handlers behind see of a request's target; called on event loops
 */
public record GatewaySettings(
    InetSocketAddress bind,
    TrustedProxies trusted,
    GatewayLimits limits,
    RejectionListener rejections,
    UnaryOperator<String> targets) {

  /** Passes the targets of requests on as they are. */
  public GatewaySettings(
      InetSocketAddress bind,
      TrustedProxies trusted,
      GatewayLimits limits,
      RejectionListener rejections) {
    this(bind, trusted, limits, rejections, UnaryOperator.identity());
  }

  /** Counts rejections. Must neither block nor throw. */
  @FunctionalInterface
  public interface RejectionListener {
    /** The reason is a stable snake_case word, one of a few dozen. */
    void rejected(String reason);
  }

  /** Trusts nobody, with the default limits. */
  public static GatewaySettings at(InetSocketAddress bind) {
    return new GatewaySettings(
        bind, TrustedProxies.nobody(), GatewayLimits.defaults(), reason -> {});
  }
}
