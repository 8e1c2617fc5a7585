package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.socketio.namespace.ServerSocket;

/** When the event came that a listener is hearing just now; it may have waited for others since. */
public final class EventReceiveTime {
  private EventReceiveTime() {}

  /** By {@link System#nanoTime}; to be asked by the listener, on its own thread. */
  public static long of(SocketIOClient client) {
    return client instanceof ServerSocket served ? served.receivedAt() : System.nanoTime();
  }
}
