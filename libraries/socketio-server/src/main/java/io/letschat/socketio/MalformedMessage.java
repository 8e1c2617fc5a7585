package io.letschat.socketio;

/**
 * What no Socket.IO client sends; the connection is closed. Without a stack trace: hostile clients
 * make many.
 */
final class MalformedMessage extends Exception {
  MalformedMessage(String message) {
    super(message, null, false, false);
  }
}
