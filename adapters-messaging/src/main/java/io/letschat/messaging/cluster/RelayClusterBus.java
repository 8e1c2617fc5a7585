package io.letschat.messaging.cluster;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OutboundEvent;
import io.letschat.messaging.relay.Relay;

/**
 * The other nodes, by relay. Events go out in the README's dialect, and every node tells its own
 * sockets in theirs. Where there are servers of another kind, which pass on what they hear as it
 * is, the same goes out in the other dialect, too: each of their clients knows the names of one.
 */
final class RelayClusterBus implements ClusterBus {
  private final Relay relay;
  private final Sentences sentences;

  RelayClusterBus(Relay relay, Sentences sentences) {
    this.sentences = sentences;
    this.relay = relay;
  }

  @Override
  public void publish(RoomEvent event) {
    publish(event, Dialect.README);
    if (relay.isSharedWithOthers()) {
      publish(event, Dialect.CAMEL_CASE);
    }
  }

  private void publish(RoomEvent event, Dialect dialect) {
    for (OutboundEvent told : dialect.told(event, sentences)) {
      relay.publish(event.room().toString(), told.name(), told.arguments());
    }
  }

  @Override
  public void announce(ClusterEvent news) {
    relay.announce(ControlMessageCodec.write(news));
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
