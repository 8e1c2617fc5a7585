package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way to the other servers on the same Redis. What is published may be lost: nobody waits for
 * Redis, and while it is away everything is dropped.
 */
public final class Relay implements AutoCloseable {
  private final String uid;
  private final Channels channels;
  private final Publisher publisher;
  private final Subscriber subscriber;

  private Relay(RelayEndpoint redis, String uid, Channels channels) {
    this.uid = uid;
    this.channels = channels;
    this.publisher = new Publisher(redis);
    this.subscriber = new Subscriber(redis, uid, channels);
  }

  /**
   * Does not connect yet.
   *
   * @param redis {@code redis://user:password@host:port/database}
   * @param uid names this server among all; its own messages are not heard
   */
  public static Relay to(URI redis, String uid, Channels channels) {
    return new Relay(new RelayEndpoint(redis), uid, channels);
  }

  /**
   * The installations, this one not among them, whose nodes use the same key on this Redis just
   * now, in whatever database; empty where Redis cannot be asked. Waits a second at most.
   */
  public Set<String> otherInstallations() {
    return publisher.channels(channels.newsOfAll()).stream()
        .map(Channels::installationOf)
        .filter(other -> !other.equals(channels.installation()))
        .collect(Collectors.toSet());
  }

  /** Connects, and goes on trying until it is closed. */
  public void start(RelayListener listener) {
    publisher.start();
    subscriber.start(listener);
  }

  /** To the sockets of the room on all other servers. Never blocks. */
  public void publish(String room, String event, List<?> arguments) {
    List<@Nullable Object> copy = new ArrayList<>(arguments);
    var relayed = new RelayedEvent(uid, event, copy, List.of(room), List.of(), false);
    publisher.publish(channels.of(room), AdapterCodec.write(relayed));
  }

  /** To the other nodes of this program that listen to the room. Never blocks. */
  public void publishToNodes(String room, List<?> content) {
    publisher.publish(channels.of(room), NodePacket.write(uid, content));
  }

  /** To all other nodes of this program. Never blocks. */
  public void announce(List<?> news) {
    publisher.publish(channels.news().getBytes(UTF_8), MessagePack.write(List.of(uid, news)));
  }

  /**
   * Answers with a list, cut where it would become larger than 8 MiB. Never blocks.
   *
   * @param name {@code sockets} or {@code rooms}
   * @param items what JSON can hold
   * @return how many items were left out
   */
  public int answer(RelayRequest.Requester requester, String name, Iterable<?> items) {
    ClusterRequestCodec.Listing listing =
        ClusterRequestCodec.listing(requester.requestId(), name, items);
    publisher.publish(channels.responses(requester), listing.answer());
    return listing.left();
  }

  /** Answers that it was done. Never blocks. */
  public void answerDone(RelayRequest.Requester requester) {
    publisher.publish(
        channels.responses(requester), ClusterRequestCodec.done(requester.requestId()));
  }

  /** Says how many sockets got an event that they are to acknowledge. Never blocks. */
  public void answerCount(RelayRequest.Requester requester, int sockets) {
    publisher.publish(
        channels.responses(requester),
        ClusterRequestCodec.clientCount(requester.requestId(), sockets));
  }

  /** Passes on what one of them has said. Never blocks. */
  public void answerAcknowledgement(RelayRequest.Requester requester, @Nullable Object value) {
    publisher.publish(
        channels.responses(requester),
        ClusterRequestCodec.acknowledgement(requester.requestId(), value));
  }

  /**
   * Whether servers of another kind are on this Redis: they listen to all rooms by a pattern, which
   * our nodes do not. Known within half a second.
   */
  public boolean isSharedWithOthers() {
    return publisher.patternsAreHeard();
  }

  /** Once it has returned the room is heard; it waits half a second at most. */
  public void listen(String room) {
    subscriber.listen(room);
  }

  /** The room is heard soon. Never blocks. */
  public void listenSoon(String room) {
    subscriber.listenSoon(room);
  }

  /** The room is not heard any more. Never blocks. */
  public void ignore(String room) {
    subscriber.ignore(room);
  }

  /** How many messages wait to be published. */
  public int waiting() {
    return publisher.waiting();
  }

  /** How many messages were given up because Redis was away or slow. */
  public long dropped() {
    return publisher.dropped();
  }

  /** How often the others were heard anew, the first time among them. */
  public long connects() {
    return subscriber.connects();
  }

  /** Whether the others are heard just now. */
  public boolean isConnected() {
    return subscriber.isConnected();
  }

  /** What waits to be published is published, if that takes less than a second. */
  @Override
  public void close() {
    publisher.close();
    subscriber.close();
  }
}
