package io.letschat.gateway;

import java.time.Duration;

/**
 * What the gateway allows.
 *
 * @param requestLine bytes of the request line; more is 414
 * @param headers bytes of all header lines; more is 431
 * @param headerCount header lines of a request; more is 431
 * @param headersWithin how long the request line and headers may take from their first byte; then
 *     408
 * @param idle how long a connection without a request is kept
 * @param bodyGrace how long a body may take before {@code bodyBytesPerSecond} is asked of it; then
 *     408
 * @param bodyBytesPerSecond how fast a body must come on average after the grace
 * @param unreadWithin how long a client may take none of what is written to it
 * @param connectWithin how long connecting to the upstream server may take
 * @param answerWithin how long the upstream server may do nothing about a request; then 503
 * @param pooledIdle how long an unused connection to the upstream server is kept; must be shorter
 *     than that server's own idle timeout
 * @param lingerIdle how long, after the last answer, the rest of what the client sends is awaited
 * @param lingerTotal how long that may last in all
 */
public record GatewayLimits(
    int requestLine,
    int headers,
    int headerCount,
    Duration headersWithin,
    Duration idle,
    Duration bodyGrace,
    int bodyBytesPerSecond,
    Duration unreadWithin,
    Duration connectWithin,
    Duration answerWithin,
    Duration pooledIdle,
    Duration lingerIdle,
    Duration lingerTotal) {

  /** Every limit is positive. */
  public GatewayLimits {
    if (Math.min(Math.min(requestLine, headers), Math.min(headerCount, bodyBytesPerSecond)) <= 0) {
      throw new IllegalArgumentException("a limit that is not positive");
    }
    for (Duration time :
        new Duration[] {
          headersWithin,
          idle,
          bodyGrace,
          unreadWithin,
          connectWithin,
          answerWithin,
          pooledIdle,
          lingerIdle,
          lingerTotal
        }) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a time limit that is not positive: " + time);
      }
    }
  }

  public static GatewayLimits defaults() {
    return new GatewayLimits(
        8 * 1024,
        16 * 1024,
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        Duration.ofSeconds(20),
        1024,
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(120),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30));
  }

  /** How often deadlines are looked at: a quarter of the shortest, 10 ms to 1 s. */
  Duration sweepEvery() {
    var shortest = headersWithin;
    for (Duration other :
        new Duration[] {idle, bodyGrace, unreadWithin, answerWithin, pooledIdle, lingerIdle}) {
      shortest = other.compareTo(shortest) < 0 ? other : shortest;
    }
    return Duration.ofMillis(Math.clamp(shortest.toMillis() / 4, 10, 1000));
  }
}
