package io.letschat.messaging.chat;

import java.util.List;

/**
 * An event as it goes out: a name and arguments that are maps, lists, strings, numbers, booleans or
 * null.
 */
record WireEvent(String name, List<Object> arguments) {
  static WireEvent of(String name, Object... arguments) {
    return new WireEvent(name, List.of(arguments));
  }
}
