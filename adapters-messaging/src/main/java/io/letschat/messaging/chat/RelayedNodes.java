package io.letschat.messaging.chat;

import io.letschat.application.room.NodeNews;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.relay.Relay;

/**
 * The other nodes, by relay. Events go out in the README's dialect, once; every node tells its own
 * sockets in theirs.
 */
final class RelayedNodes implements OtherNodes {
  private final Relay relay;

  RelayedNodes(Relay relay) {
    this.relay = relay;
  }

  @Override
  public void publish(RoomEvent event) {
    for (WireEvent told : Dialect.README.told(event)) {
      relay.publish(event.room().toString(), told.name(), told.arguments());
    }
  }

  @Override
  public void announce(NodeNews news) {
    relay.announce(RelayedNews.write(news));
  }

  @Override
  public void listen(RoomId room) {
    relay.listen(room.toString());
  }

  @Override
  public void ignore(RoomId room) {
    relay.ignore(room.toString());
  }
}
