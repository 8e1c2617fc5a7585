package io.letschat.messaging.socket;

import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OffsetArguments;
import io.letschat.messaging.codec.OutboundEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A socket whose session is known, and the rooms it has joined. */
public final class ChatSocket implements Connection {
  private static final String KEY = "letschat.socket";

  private final SocketIOClient client;

  /** Of this connection alone; the client's id may be that of an earlier one. */
  private final String id;

  private final AuthenticatedUser who;
  private final String clientAddress;
  private final Sentences sentences;
  private final Map<RoomId, Member> joined = new ConcurrentHashMap<>();
  private volatile Optional<Dialect> dialect = Optional.empty();

  ChatSocket(
      SocketIOClient client, AuthenticatedUser who, String clientAddress, Sentences sentences) {
    this.client = client;
    this.id = client.getSessionId().toString();
    this.who = who;
    this.clientAddress = clientAddress;
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
    if (event instanceof RoomEvent.MembershipEnded(var room)) {
      joined.remove(room);
    }
    dialect()
        .told(event, sentences)
        .forEach(told -> client.sendEvent(told.name(), OffsetArguments.arguments(event, told)));
  }

  public void send(OutboundEvent event) {
    client.sendEvent(event.name(), event.arguments().toArray());
  }

  /** The first join decides; until then it is the README's. */
  public Dialect dialect() {
    return dialect.orElse(Dialect.README);
  }

  public void speaks(Dialect spoken) {
    if (dialect.isEmpty()) {
      dialect = Optional.of(spoken);
    }
  }

  public Optional<Member> memberOf(RoomId room) {
    return Optional.ofNullable(joined.get(room));
  }

  public void joined(Member member) {
    joined.put(member.room().id(), member);
  }

  public void left(RoomId room) {
    joined.remove(room);
  }

  public List<Member> memberships() {
    return List.copyOf(joined.values());
  }
}
