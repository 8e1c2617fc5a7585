package io.letschat.socketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;

/** Answers events that nothing listens to; without it they go unheard, as with Node. */
@FunctionalInterface
public interface UnknownEvents {
  /** Called on the connection's virtual thread, like a listener. Does not throw. */
  void received(SocketIOClient client, String event, AckRequest ack);
}
