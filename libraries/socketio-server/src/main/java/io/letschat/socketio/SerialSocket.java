package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** What sockets of a {@link ConformantSocketIOServer} can do beyond netty-socketio's interface. */
public interface SerialSocket extends SocketIOClient {
  /**
   * Runs a task on the connection's serial executor: after the listeners of all that the client has
   * sent so far.
   */
  void execute(Runnable task);

  /** Disconnects it from its namespaces and closes the connection. */
  void closeConnection();
}
