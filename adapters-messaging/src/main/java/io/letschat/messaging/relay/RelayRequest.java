package io.letschat.messaging.relay;

import java.util.List;
import java.util.Optional;

/** What another server, or an emitter, wants of all servers. Names are as they were sent. */
public sealed interface RelayRequest {
  /** The ids of the sockets. */
  record SocketIds(Requester requester, Target target) implements RelayRequest {}

  /** The names of all rooms. */
  record AllRooms(Requester requester) implements RelayRequest {}

  /** The sockets, with what is known of each. */
  record Sockets(Requester requester, Target target) implements RelayRequest {}

  /** The sockets are to be in the rooms. */
  record Join(Target target, List<String> rooms, Optional<Requester> requester)
      implements RelayRequest {}

  /** The sockets are not to be in the rooms. */
  record Leave(Target target, List<String> rooms, Optional<Requester> requester)
      implements RelayRequest {}

  /**
   * The sockets are to be disconnected.
   *
   * @param close the whole connection, not only from the namespace
   */
  record Disconnect(Target target, boolean close, Optional<Requester> requester)
      implements RelayRequest {}

  /**
   * An event that each of its sockets is to acknowledge.
   *
   * @param timeoutMs how long the requester waits for that
   */
  record Acknowledged(Requester requester, RelayedEvent event, long timeoutMs)
      implements RelayRequest {}

  /**
   * Who waits for an answer.
   *
   * @param uid the server that asks; empty if it did not say so, which very old ones do not
   */
  record Requester(String requestId, Optional<String> uid) {}

  /**
   * Whom it is about.
   *
   * @param rooms the sockets in any of them; none: all
   * @param except not the sockets in any of them
   */
  record Target(List<String> rooms, List<String> except) {}
}
