package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What servers with {@code @socket.io/redis-adapter} 8 ask each other in the default namespace, and
 * how it is answered. Requests are JSON or MessagePack, told apart by the first byte; so are
 * answers, which go to a channel of the requester's own.
 *
 * @see AdapterCodec
 */
final class ClusterRequestCodec {
  /** More is not written into an answer; a server that asks for more has to ask for less. */
  static final int LARGEST_ANSWER = 8 << 20;

  private static final int LONGEST_ID = 100;

  private static final int SOCKETS = 0;
  private static final int ALL_ROOMS = 1;
  private static final int REMOTE_JOIN = 2;
  private static final int REMOTE_LEAVE = 3;
  private static final int REMOTE_DISCONNECT = 4;
  private static final int REMOTE_FETCH = 5;
  private static final int SERVER_SIDE_EMIT = 6;
  private static final int BROADCAST = 7;
  private static final int BROADCAST_CLIENT_COUNT = 8;
  private static final int BROADCAST_ACK = 9;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ClusterRequestCodec() {}

  /**
   * Empty for what servers tell each other and is none of our business.
   *
   * @throws IOException if it is damaged, or nothing that version 8 asks
   */
  static Optional<RelayRequest> read(byte[] written) throws IOException {
    if (!(decode(written) instanceof Map<?, ?> request)
        || !(request.get("type") instanceof Long type)) {
      throw new IOException("no request");
    }
    return Optional.ofNullable(
        switch (type.intValue()) {
          case SOCKETS ->
              new RelayRequest.SocketIds(
                  requester(request),
                  new RelayRequest.Target(AdapterCodec.names(request.get("rooms")), List.of()));
          case ALL_ROOMS -> new RelayRequest.AllRooms(requester(request));
          case REMOTE_JOIN ->
              new RelayRequest.Join(target(request), rooms(request), oneSocketsAsker(request));
          case REMOTE_LEAVE ->
              new RelayRequest.Leave(target(request), rooms(request), oneSocketsAsker(request));
          case REMOTE_DISCONNECT ->
              new RelayRequest.Disconnect(
                  target(request),
                  Boolean.TRUE.equals(request.get("close")),
                  oneSocketsAsker(request));
          case REMOTE_FETCH -> new RelayRequest.Sockets(requester(request), target(request));
          case SERVER_SIDE_EMIT -> null;
          case BROADCAST -> acknowledged(request);
          default -> throw new IOException("an unknown request");
        });
  }

  private static @Nullable RelayRequest acknowledged(Map<?, ?> request) throws IOException {
    RelayRequest.Requester requester = requester(request);
    return AdapterCodec.event(
            requester.uid().orElse(""), request.get("packet"), request.get("opts"))
        .map(event ->
            new RelayRequest.Acknowledged(
                requester, event, AdapterCodec.timeoutMs(request.get("opts"))))
        .orElse(null);
  }

  private static @Nullable Object decode(byte[] written) throws IOException {
    return written.length > 0 && written[0] == '{'
        ? JSON.readValue(written, Object.class)
        : MessagePack.read(written);
  }

  private static RelayRequest.Requester requester(Map<?, ?> request) throws IOException {
    return new RelayRequest.Requester(
        id(request.get("requestId")),
        request.get("uid") == null ? Optional.empty() : Optional.of(id(request.get("uid"))));
  }

  /** A request for one socket by its id, as servers before version 7 asked, wants an answer. */
  private static Optional<RelayRequest.Requester> oneSocketsAsker(Map<?, ?> request)
      throws IOException {
    return request.get("opts") == null && request.get("requestId") != null
        ? Optional.of(requester(request))
        : Optional.empty();
  }

  private static RelayRequest.Target target(Map<?, ?> request) throws IOException {
    if (request.get("opts") instanceof Map<?, ?> options) {
      return new RelayRequest.Target(list(options.get("rooms")), list(options.get("except")));
    }
    return new RelayRequest.Target(List.of(id(request.get("sid"))), List.of());
  }

  /** No rooms are all sockets: what is no list must not be taken for none. */
  private static List<String> list(@Nullable Object names) throws IOException {
    if (names != null && !(names instanceof List<?>)) {
      throw new IOException("no list");
    }
    return AdapterCodec.names(names);
  }

  private static List<String> rooms(Map<?, ?> request) {
    return request.get("opts") == null && request.get("room") != null
        ? AdapterCodec.names(List.of(request.get("room")))
        : AdapterCodec.names(request.get("rooms"));
  }

  private static String id(@Nullable Object value) throws IOException {
    if (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_ID) {
      return text;
    }
    throw new IOException("an id is missing");
  }

  /**
   * @param left how many had no room in it
   */
  record Listing(byte[] answer, int left) {}

  /** {@code {requestId, <name>: [item…]}}, with as many items as there is room for. */
  static Listing listing(String requestId, String name, Iterable<?> items) {
    var out = new ByteArrayOutputStream();
    int left = 0;
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("requestId", requestId);
      json.writeArrayFieldStart(name);
      for (Object item : items) {
        json.flush();
        byte[] written = JSON.writeValueAsBytes(item);
        if (left > 0 || out.size() + written.length > LARGEST_ANSWER - 64) {
          left++;
        } else {
          json.writeRawValue(new String(written, UTF_8));
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Listing(out.toByteArray(), left);
  }

  /** That it is done. */
  static byte[] done(String requestId) {
    return json(Map.of("requestId", requestId));
  }

  /** How many sockets are going to acknowledge an event. */
  static byte[] clientCount(String requestId, int sockets) {
    return json(
        Map.of("type", BROADCAST_CLIENT_COUNT, "requestId", requestId, "clientCount", sockets));
  }

  /** What one of them has said. */
  static byte[] acknowledgement(String requestId, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", BROADCAST_ACK);
    fields.put("requestId", requestId);
    fields.put("packet", value);
    return MessagePack.write(fields);
  }

  private static byte[] json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
