package io.letschat.engineio.packet;

import java.nio.charset.StandardCharsets;

/** A packet from a client. */
public sealed interface ReceivedPacket {
  /** A packet of text: its type, {@code '0'} to {@code '6'}, and what follows. */
  record Text(char type, String data) implements ReceivedPacket {}

  /** A binary message. */
  record Binary(byte[] data) implements ReceivedPacket {
    @Override
    public String toString() {
      return new String(data, StandardCharsets.ISO_8859_1);
    }
  }

  /** What no Engine.IO client sends. */
  final class Malformed extends Exception {
    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** More packets in one payload than the settings allow. */
  final class TooMany extends Exception {
    TooMany() {
      super("too many packets", null, false, false);
    }
  }
}
