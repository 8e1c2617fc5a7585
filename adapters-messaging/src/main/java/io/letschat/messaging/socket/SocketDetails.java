package io.letschat.messaging.socket;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.presence.LocalRoster;
import io.letschat.domain.account.Username;
import io.letschat.messaging.codec.JsonObjects;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What other servers are told of a socket. Of its handshake only what is known to hold no secret:
 * no cookie, no token wherever it may have been sent, and not the id of its transport session, with
 * which one could speak in its place.
 */
public final class SocketDetails {
  private static final List<String> HEADERS =
      List.of("host", "origin", "user-agent", "accept-language");
  private static final List<String> PARAMETERS = List.of("EIO", "transport");

  private SocketDetails() {}

  /**
   * @param people who are in rooms, by the names that they have now
   */
  public static Map<String, @Nullable Object> of(
      SocketIOClient client, Set<String> rooms, LocalRoster people) {
    return JsonObjects.object(
        "id", client.getSessionId().toString(),
        "handshake", handshake(client.getHandshakeData()),
        "rooms", rooms,
        "data", ChatSocket.of(client).map(socket -> data(socket, people)).orElseGet(Map::of));
  }

  /** What a program of Node's would have put into {@code socket.data}. */
  private static Map<String, @Nullable Object> data(ChatSocket socket, LocalRoster people) {
    var account = socket.who().account();
    return JsonObjects.object(
        "user_id", account.user().value(),
        "username",
            people.nameOf(account.user()).or(account::username).map(Username::text).orElse(null));
  }

  private static Map<String, @Nullable Object> handshake(HandshakeData handshake) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = handshake.getHttpHeaders().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    Map<String, String> query = new LinkedHashMap<>();
    for (String name : PARAMETERS) {
      String value = handshake.getSingleUrlParam(name);
      if (value != null) {
        query.put(name, value);
      }
    }
    return JsonObjects.object(
        "headers", headers,
        "time", handshake.getTime().toString(),
        "address", handshake.getAddress().getAddress().getHostAddress(),
        "xdomain", handshake.isXdomain(),
        "secure", false,
        "issued", handshake.getTime().getTime(),
        "url", path(handshake.getUrl()),
        "query", query,
        "auth", Map.of());
  }

  /** Without its query. */
  private static String path(String url) {
    try {
      String path = URI.create(url).getRawPath();
      return path == null ? "/" : path;
    } catch (IllegalArgumentException damaged) {
      return "/";
    }
  }
}
