package io.letschat.gateway.http;

import io.letschat.netty.http.ReadControl;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/**
 * Closes a connection after its last response in a way that lets the client read it (RFC 9112,
 * 9.6): the output is ended, and what still comes is read and discarded.
 */
final class LingeringClose {
  private volatile boolean begun;

  /** Whether the last response was given, and whatever comes is discarded. */
  boolean hasBegun() {
    return begun;
  }

  /** From now on nothing is answered any more. */
  void begin() {
    begun = true;
  }

  /** Reads on, whoever has paused the reading, only to discard. */
  void discardInput(Channel channel) {
    begun = true;
    ReadControl.of(channel).neverHold();
  }

  static void endOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    } else {
      channel.close();
    }
  }
}
