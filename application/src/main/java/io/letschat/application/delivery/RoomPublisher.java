package io.letschat.application.delivery;

import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.message.Message;

/**
 * Brings what happens to everybody whom it concerns, on all nodes: messages in the order of their
 * numbers, the rest as it comes.
 */
public final class RoomPublisher {
  private final RoomStreams streams;
  private final LocalDelivery here;
  private final ClusterBus others;

  public RoomPublisher(RoomStreams streams, LocalDelivery here, ClusterBus others) {
    this.streams = streams;
    this.here = here;
    this.others = others;
  }

  /** A message that is on disk. */
  public void send(Message message) {
    streams.offer(message);
    others.publish(new Target.Room(message.room()), new RoomEvent.MessageSent(message));
  }

  /** Something without a number, which nobody misses for long. */
  public void publish(Target target, RoomEvent event) {
    here.deliver(target, event);
    others.publish(target, event);
  }

  /** The same to everybody in the room. */
  public void send(RoomEvent event) {
    publish(new Target.Room(event.room()), event);
  }

  /** The same for something that each node tells its own sockets. */
  public void sendHere(RoomEvent event) {
    here.deliver(new Target.Room(event.room()), event);
  }
}
