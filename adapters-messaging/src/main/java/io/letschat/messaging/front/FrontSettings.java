package io.letschat.messaging.front;

import java.net.InetSocketAddress;

/**
 * How a front is set up.
 *
 * @param bind where to listen; port 0 takes any free one
 * @param trusted whose forwarding headers are believed
 * @param refusals counts what was refused, by reason; called on event loops
 */
public record FrontSettings(
    InetSocketAddress bind, TrustedProxies trusted, FrontLimits limits, Refusals refusals) {

  /** Counts refusals. Must neither block nor throw. */
  @FunctionalInterface
  public interface Refusals {
    /** The reason is a stable snake_case word, one of a few dozen. */
    void refused(String reason);
  }

  /** Trusts nobody, with the default limits. */
  public static FrontSettings at(InetSocketAddress bind) {
    return new FrontSettings(bind, TrustedProxies.nobody(), FrontLimits.defaults(), reason -> {});
  }
}
