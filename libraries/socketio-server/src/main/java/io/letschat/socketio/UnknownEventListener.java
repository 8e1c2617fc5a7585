package io.letschat.socketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;

/** Answers events that nothing listens to; without it they are ignored, as with Node. */
@FunctionalInterface
public interface UnknownEventListener {
  /** Called on the connection's virtual thread, like a listener. Does not throw. */
  void onUnknownEvent(SocketIOClient client, String event, AckRequest ack);
}
