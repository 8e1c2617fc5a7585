package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import java.time.Duration;

/** What {@link StateRecovery} can do with a client. */
public interface RecoverableSocket extends SocketIOClient {
  /** Events may carry offsets again; a client that was given a {@code pid} begins like this. */
  void offerOffsets();

  /**
   * Sends an event that overwrites, at the client, the offset that it has, and no offset after it.
   * Until {@link #offerOffsets} the client cannot prove anything.
   *
   * @param event one that the client has no use for
   */
  void withholdOffsets(String event);

  /**
   * Ends the client's connection, as if it had been lost, and waits until all listeners have heard
   * of it. False if that takes longer; on the connection's own thread it always does.
   */
  boolean drop(Duration atMost);
}
