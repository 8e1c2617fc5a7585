package io.letschat.gateway;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** The default limits, with some of them shortened so that a test need not wait. */
final class SmallLimits {
  private Duration headersWithin = GatewayLimits.defaults().headersWithin();
  private Duration idle = GatewayLimits.defaults().idle();
  private Duration bodyGrace = GatewayLimits.defaults().bodyGrace();
  private Duration unreadWithin = GatewayLimits.defaults().unreadWithin();
  private Duration answerWithin = GatewayLimits.defaults().answerWithin();
  private Duration pooledIdle = GatewayLimits.defaults().pooledIdle();
  private Duration lingerIdle = GatewayLimits.defaults().lingerIdle();
  private Duration lingerTotal = GatewayLimits.defaults().lingerTotal();

  SmallLimits headersWithin(Duration value) {
    headersWithin = value;
    return this;
  }

  SmallLimits idle(Duration value) {
    idle = value;
    return this;
  }

  SmallLimits bodyGrace(Duration value) {
    bodyGrace = value;
    return this;
  }

  SmallLimits unreadWithin(Duration value) {
    unreadWithin = value;
    return this;
  }

  SmallLimits answerWithin(Duration value) {
    answerWithin = value;
    return this;
  }

  SmallLimits pooledIdle(Duration value) {
    pooledIdle = value;
    return this;
  }

  SmallLimits linger(Duration idleFor, Duration inAll) {
    lingerIdle = idleFor;
    lingerTotal = inAll;
    return this;
  }

  GatewayLimits limits() {
    var plain = GatewayLimits.defaults();
    return new GatewayLimits(
        plain.requestLine(),
        plain.headers(),
        plain.headerCount(),
        headersWithin,
        idle,
        bodyGrace,
        plain.bodyBytesPerSecond(),
        unreadWithin,
        plain.connectWithin(),
        answerWithin,
        pooledIdle,
        lingerIdle,
        lingerTotal);
  }

  UnaryOperator<GatewaySettings> change() {
    return settings ->
        new GatewaySettings(settings.bind(), settings.trusted(), limits(), settings.rejections());
  }
}
