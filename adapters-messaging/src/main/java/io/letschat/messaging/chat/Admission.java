package io.letschat.messaging.chat;

import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.StoreUnavailable;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.SignedIn;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever has a live session: by {@code auth: {token}}, the {@code Authorization} header or
 * the session's cookie. Everybody else gets the error {@code unauthorized}.
 */
final class Admission implements AuthTokenListener {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);
  private static final AuthTokenResult REFUSED = new AuthTokenResult(false, "unauthorized");
  private static final AuthTokenResult UNKNOWN = new AuthTokenResult(false, "unavailable");
  private static final String BEARER = "Bearer ";

  private final Authenticate authenticate;
  private final OpenSockets sockets;
  private final String cookieName;

  Admission(Authenticate authenticate, OpenSockets sockets, String cookieName) {
    this.authenticate = authenticate;
    this.sockets = sockets;
    this.cookieName = cookieName;
  }

  @Override
  public AuthTokenResult getAuthTokenResult(@Nullable Object auth, SocketIOClient client) {
    try {
      Optional<SignedIn> who = whoever(auth, client.getHandshakeData());
      if (who.isEmpty()) {
        return REFUSED;
      }
      new ChatSocket(client, who.get(), address(client)).attach();
      return AuthTokenResult.AuthTokenResultSuccess;
    } catch (StoreUnavailable away) {
      log.warn("a socket could not be authenticated: {}", away.toString());
      return UNKNOWN;
    } catch (RuntimeException e) {
      log.error("a socket could not be authenticated", e);
      return UNKNOWN;
    }
  }

  /** The session may have ended while the socket was let in, when it could not yet be told. */
  void connected(SocketIOClient client) {
    ChatSocket.of(client)
        .ifPresent(socket -> {
          sockets.opened(socket);
          if (!authenticate.isLive(socket.who().session())) {
            client.disconnect();
          }
        });
  }

  private Optional<SignedIn> whoever(@Nullable Object auth, HandshakeData handshake) {
    return Stream.of(payloadToken(auth), headerToken(handshake), cookieToken(handshake))
        .flatMap(Optional::stream)
        .findFirst()
        .flatMap(authenticate::authenticate);
  }

  private static Optional<String> payloadToken(@Nullable Object auth) {
    return auth instanceof Map<?, ?> fields && fields.get("token") instanceof String token
        ? Optional.of(token)
        : Optional.empty();
  }

  private static Optional<String> headerToken(HandshakeData handshake) {
    return Optional.ofNullable(handshake.getHttpHeaders().get("Authorization"))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private Optional<String> cookieToken(HandshakeData handshake) {
    return Optional.ofNullable(handshake.getHttpHeaders().get("Cookie")).stream()
        .flatMap(header -> ServerCookieDecoder.LAX.decode(header).stream())
        .filter(cookie -> cookie.name().equals(cookieName))
        .map(Cookie::value)
        .findFirst();
  }

  private static String address(SocketIOClient client) {
    return client.getHandshakeData().getAddress().getAddress().getHostAddress();
  }
}
