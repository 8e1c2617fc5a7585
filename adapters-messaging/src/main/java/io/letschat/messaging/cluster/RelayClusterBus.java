package io.letschat.messaging.cluster;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.Target;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OutboundEvent;
import io.letschat.messaging.relay.Relay;

/**
 * The other nodes, by relay. They get events whole, in a form of their own. Where there are servers
 * of another kind, which pass on what they hear as it is, the same goes out as clients hear it, in
 * both dialects: each of their clients knows the names of one.
 */
final class RelayClusterBus implements ClusterBus {
  private final Relay relay;
  private final Sentences sentences;

  RelayClusterBus(Relay relay, Sentences sentences) {
    this.sentences = sentences;
    this.relay = relay;
  }

  @Override
  public void publish(Target target, RoomEvent event) {
    switch (target) {
      case Target.Room(var room) -> publish(room, event);
      case Target.Person person -> announce(new ClusterEvent.Told(person, event));
      case Target.Connection connection -> announce(new ClusterEvent.Told(connection, event));
    }
  }

  private void publish(RoomId room, RoomEvent event) {
    relay.publishToNodes(room.toString(), ClusterEventCodec.write(event));
    if (relay.isSharedWithOthers()) {
      for (Dialect dialect : Dialect.values()) {
        for (OutboundEvent told : dialect.told(event, sentences)) {
          relay.publish(room.toString(), told.name(), told.arguments());
        }
      }
    }
  }

  @Override
  public void announce(ClusterEvent event) {
    relay.announce(ControlMessageCodec.write(event));
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
