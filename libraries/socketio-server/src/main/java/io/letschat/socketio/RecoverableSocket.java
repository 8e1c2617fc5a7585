package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import java.time.Duration;

/** What {@link StateRecovery} can do with a client. */
public interface RecoverableSocket extends SocketIOClient {
  /** Events carry offsets from now on; the default for a client that was given a {@code pid}. */
  void enableOffsets();

  /**
   * Sends an event that overwrites, at the client, the offset that it has, and no offset after it.
   * Until {@link #enableOffsets} the client cannot prove what it has received.
   *
   * @param event one that the client has no use for
   */
  void disableOffsets(String event);

  /**
   * Terminates the client's connection, as if it had been lost, and waits until the disconnect
   * listeners have run. False if that takes longer; on the connection's own thread it always does.
   */
  boolean terminate(Duration atMost);
}
