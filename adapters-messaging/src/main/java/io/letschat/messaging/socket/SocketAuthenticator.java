package io.letschat.messaging.socket;

import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.Scheduler;
import io.letschat.application.account.session.AuthenticationQueue;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.sentence.Sentences;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.protocol.BearerToken;
import io.letschat.protocol.ClientAddress;
import io.letschat.socketio.TemporarilyUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever has a live session: by {@code auth: {token}}, the {@code Authorization} header or
 * the session's cookie. Everybody else gets the error {@code unauthorized}; who cannot be looked up
 * just now loses the connection and comes back.
 */
public final class SocketAuthenticator implements AuthTokenListener {
  private static final Logger log = LoggerFactory.getLogger(SocketAuthenticator.class);
  private static final AuthTokenResult REFUSED = new AuthTokenResult(false, "unauthorized");

  private final AuthenticationQueue queue;
  private final SessionSocketRegistry sockets;
  private final SessionCookies cookies;
  private final ConnectionRegistry registry;
  private final Sentences sentences;
  private final CoalescedWarning putOff;

  public SocketAuthenticator(
      AuthenticationQueue queue,
      SessionSocketRegistry sockets,
      Scheduler scheduler,
      SessionCookies cookies,
      ConnectionRegistry registry,
      Sentences sentences) {
    this.queue = queue;
    this.sockets = sockets;
    this.cookies = cookies;
    this.registry = registry;
    this.sentences = sentences;
    this.putOff = new CoalescedWarning(log, scheduler, "sockets could not be authenticated");
  }

  /** Why nobody can be let in just now, whoever it is: handshakes are refused then. */
  public Optional<EngineRejectReason> refusal() {
    return queue.unavailable().map(SocketAuthenticator::refusal);
  }

  @Override
  public AuthTokenResult getAuthTokenResult(@Nullable Object auth, SocketIOClient client) {
    return switch (queue.authenticate(tokens(auth, client.getHandshakeData()))) {
      case AuthenticationQueue.Authenticated(var who) -> {
        new ChatSocket(client, who, address(client), registry, sentences).attach();
        yield AuthTokenResult.AuthTokenResultSuccess;
      }
      case AuthenticationQueue.Unauthorized() -> REFUSED;
      case AuthenticationQueue.Unavailable(var reason) -> {
        putOff.happened(refusal(reason).label());
        throw new TemporarilyUnavailable(refusal(reason));
      }
    };
  }

  private static EngineRejectReason refusal(AuthenticationQueue.Reason reason) {
    return switch (reason) {
      case STORE_AWAY -> EngineRejectReason.UNAVAILABLE;
      case OVERLOADED -> EngineRejectReason.OVERLOADED;
    };
  }

  public void connected(SocketIOClient client) {
    ChatSocket.of(client).ifPresent(sockets::opened);
  }

  private List<String> tokens(@Nullable Object auth, HandshakeData handshake) {
    return payloadToken(auth)
        .or(() -> BearerToken.of(handshake.getHttpHeaders().get("Authorization")))
        .map(List::of)
        .orElseGet(() -> cookies.tokens(handshake.getHttpHeaders().getAll("Cookie")));
  }

  private static Optional<String> payloadToken(@Nullable Object auth) {
    return auth instanceof Map<?, ?> fields && fields.get("token") instanceof String token
        ? Optional.of(token)
        : Optional.empty();
  }

  private static String address(SocketIOClient client) {
    return ClientAddress.network(client.getHandshakeData().getAddress());
  }
}
