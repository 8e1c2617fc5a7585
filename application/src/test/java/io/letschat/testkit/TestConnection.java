package io.letschat.testkit;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that remembers what it was sent. */
public final class TestConnection implements Connection {
  private final String id;
  private final UserId user;
  private final List<RoomEvent> received = new CopyOnWriteArrayList<>();

  public TestConnection(String id, UserId user) {
    this.id = id;
    this.user = user;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public UserId user() {
    return user;
  }

  @Override
  public void send(RoomEvent event) {
    received.add(event);
  }

  /** Everything, oldest first. */
  public List<RoomEvent> received() {
    return List.copyOf(received);
  }

  /** Everything of one kind, oldest first. */
  public <E extends RoomEvent> List<E> received(Class<E> type) {
    return received.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The messages, oldest first. */
  public List<Message> messages() {
    return received(RoomEvent.MessageSent.class).stream()
        .map(RoomEvent.MessageSent::message)
        .toList();
  }

  /** What was said, without the rest of the messages. */
  public List<String> heard() {
    return messages().stream().map(message -> message.content().text()).toList();
  }

  /** As if nothing had been received. */
  public void forget() {
    received.clear();
  }
}
