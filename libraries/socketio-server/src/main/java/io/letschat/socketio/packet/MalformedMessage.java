package io.letschat.socketio.packet;

/**
 * What no Socket.IO client sends; the connection is closed. Without a stack trace: hostile clients
 * make many.
 */
public final class MalformedMessage extends Exception {
  public MalformedMessage(String message) {
    super(message, null, false, false);
  }
}
