package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** What clients of a {@link ConformantSocketIOServer} can do beyond the library's interface. */
public interface EventLoopSocket extends SocketIOClient {
  /** Runs a task in turn with the client's events: after all that it has sent so far. */
  void later(Runnable task);

  /** Disconnects it from its namespaces and closes the connection. */
  void closeConnection();
}
