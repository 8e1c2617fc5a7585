package io.letschat.messaging.chat;

import java.util.List;

/**
 * An event as it goes out: a name and arguments that are maps, lists, strings, numbers, booleans or
 * null.
 */
record OutboundEvent(String name, List<Object> arguments) {
  static OutboundEvent of(String name, Object... arguments) {
    return new OutboundEvent(name, List.of(arguments));
  }
}
