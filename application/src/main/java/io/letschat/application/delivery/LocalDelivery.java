package io.letschat.application.delivery;

/** Hands events to those connections of this node that they are for. Does not block. */
public final class LocalDelivery {
  private final ConnectionRegistry registry;
  private final LocalSubscribers subscribers;

  public LocalDelivery(ConnectionRegistry registry, LocalSubscribers subscribers) {
    this.registry = registry;
    this.subscribers = subscribers;
  }

  /** For what has no number; messages go through the stream of their room. */
  public void deliver(Target target, RoomEvent event) {
    switch (target) {
      case Target.Room room -> subscribers.send(event);
      case Target.Person(var user) ->
          registry.connectionsOf(user).forEach(connection -> connection.send(event));
      case Target.Connection(var id) ->
          registry.connection(id).ifPresent(connection -> connection.send(event));
    }
  }
}
