package io.letschat.messaging.socket;

import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OffsetArguments;
import io.letschat.messaging.codec.OutboundEvent;
import io.letschat.messaging.codec.PositionEvent;
import java.util.List;
import java.util.Optional;

/** A socket whose session is known. */
public final class ChatSocket implements Connection {
  private static final String KEY = "letschat.socket";

  private final SocketIOClient client;

  /** Of this connection alone; the client's id may be that of an earlier one. */
  private final String id;

  private final AuthenticatedUser who;
  private final String clientAddress;
  private final ConnectionRegistry registry;
  private final Sentences sentences;
  private volatile Optional<Dialect> dialect = Optional.empty();

  ChatSocket(
      SocketIOClient client,
      AuthenticatedUser who,
      String clientAddress,
      ConnectionRegistry registry,
      Sentences sentences) {
    this.client = client;
    this.id = client.getSessionId().toString();
    this.who = who;
    this.clientAddress = clientAddress;
    this.registry = registry;
    this.sentences = sentences;
  }

  /** The socket of a client that was let in. */
  public static Optional<ChatSocket> of(SocketIOClient client) {
    return Optional.ofNullable(client.get(KEY));
  }

  void attach() {
    client.set(KEY, this);
  }

  /** In the language that this socket is spoken to in. */
  public Sentences sentences() {
    return sentences;
  }

  public SocketIOClient client() {
    return client;
  }

  public AuthenticatedUser who() {
    return who;
  }

  public String clientAddress() {
    return clientAddress;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public UserId user() {
    return who.user();
  }

  @Override
  public void send(RoomEvent event) {
    dialect()
        .told(event, sentences)
        .forEach(told -> client.sendEvent(told.name(), OffsetArguments.arguments(event, told)));
  }

  public void send(OutboundEvent event) {
    client.sendEvent(event.name(), event.arguments().toArray());
  }

  /** The first join decides; until then it is the standard one. */
  public Dialect dialect() {
    return dialect.orElse(Dialect.STANDARD);
  }

  public void speaks(Dialect spoken) {
    if (dialect.isEmpty()) {
      dialect = Optional.of(spoken);
    }
  }

  /** The answer to a join is on its way: now the socket gets its position and what comes after. */
  public void activate(Answer.Joined joined) {
    joined
        .position()
        .ifPresent(position -> client.sendEvent(PositionEvent.NAME, position.arguments()));
    joined.subscription().activate();
  }

  /** As who the socket is in a room; empty where it has not joined it. */
  public Optional<Member> memberOf(RoomId room) {
    return registry.member(room, this);
  }

  /** As who the socket is in rooms. */
  public List<Member> memberships() {
    return registry.memberships(this);
  }
}
