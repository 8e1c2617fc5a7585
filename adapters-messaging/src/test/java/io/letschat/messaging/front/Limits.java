package io.letschat.messaging.front;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** The default limits, with some of them shortened so that a test need not wait. */
final class Limits {
  private Duration headersWithin = FrontLimits.defaults().headersWithin();
  private Duration idle = FrontLimits.defaults().idle();
  private Duration bodyGrace = FrontLimits.defaults().bodyGrace();
  private Duration unreadWithin = FrontLimits.defaults().unreadWithin();
  private Duration answerWithin = FrontLimits.defaults().answerWithin();
  private Duration pooledIdle = FrontLimits.defaults().pooledIdle();
  private Duration lingerIdle = FrontLimits.defaults().lingerIdle();
  private Duration lingerTotal = FrontLimits.defaults().lingerTotal();

  Limits headersWithin(Duration value) {
    headersWithin = value;
    return this;
  }

  Limits idle(Duration value) {
    idle = value;
    return this;
  }

  Limits bodyGrace(Duration value) {
    bodyGrace = value;
    return this;
  }

  Limits unreadWithin(Duration value) {
    unreadWithin = value;
    return this;
  }

  Limits answerWithin(Duration value) {
    answerWithin = value;
    return this;
  }

  Limits pooledIdle(Duration value) {
    pooledIdle = value;
    return this;
  }

  Limits linger(Duration idleFor, Duration inAll) {
    lingerIdle = idleFor;
    lingerTotal = inAll;
    return this;
  }

  FrontLimits limits() {
    var plain = FrontLimits.defaults();
    return new FrontLimits(
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

  UnaryOperator<FrontSettings> change() {
    return settings ->
        new FrontSettings(settings.bind(), settings.trusted(), limits(), settings.refusals());
  }
}
