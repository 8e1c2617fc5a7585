package io.letschat.messaging.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the messages that reach sockets, and the events that are refused, by code. */
final class ChatMetrics {
  private final MeterRegistry registry;
  private final Counter delivered;

  ChatMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.delivered =
        Counter.builder("letschat.messages.delivered")
            .description("Messages handed to sockets as they were sent; one for each socket")
            .register(registry);
  }

  void delivered(long sockets) {
    delivered.increment(sockets);
  }

  void refused(Failure failure) {
    refused("event", failure.code());
  }

  /** Something that came from another server was not done, or not as a whole. */
  void refusedByRelay(String reason) {
    refused("relay", reason);
  }

  private void refused(String where, String reason) {
    Counter.builder("letschat.refused")
        .tag("where", where)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
