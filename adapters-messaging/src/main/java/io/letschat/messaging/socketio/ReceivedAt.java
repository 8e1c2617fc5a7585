package io.letschat.messaging.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** When the event came that a listener is hearing just now; it may have waited for others since. */
public final class ReceivedAt {
  private ReceivedAt() {}

  /** By {@link System#nanoTime}; to be asked by the listener, on its own thread. */
  public static long of(SocketIOClient client) {
    return client instanceof ServedClient served ? served.receivedAt() : System.nanoTime();
  }
}
