package io.letschat.application.delivery;

import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.message.Message;

/**
 * Brings what happens in a room to everybody who listens: messages in the order of their numbers,
 * the rest as it comes.
 */
public final class RoomPublisher {
  private final RoomStreams feeds;
  private final LocalSubscribers audience;
  private final ClusterBus others;

  public RoomPublisher(RoomStreams feeds, LocalSubscribers audience, ClusterBus others) {
    this.feeds = feeds;
    this.audience = audience;
    this.others = others;
  }

  /** A message that is on disk. */
  public void send(Message message) {
    feeds.offer(message);
    others.publish(new RoomEvent.MessageSent(message));
  }

  /** Something without a number, which nobody misses for long. */
  public void send(RoomEvent event) {
    audience.send(event);
    others.publish(event);
  }

  /** The same for something that each node tells its own sockets. */
  public void sendHere(RoomEvent event) {
    audience.send(event);
  }
}
