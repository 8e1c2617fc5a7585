package io.letschat.socketio.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Parses and checks the JSON of a packet and puts its attachments where they belong. */
public final class PayloadReader {
  /** Names with a meaning of their own in Socket.IO, which no client can emit. */
  private static final Set<String> RESERVED =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  private final ObjectMapper mapper;

  /** Names come from strangers, so none is remembered: the table of them can be attacked. */
  public PayloadReader(int maxDepth) {
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** The payload with its attachments in it; a missing node when there is none. */
  public JsonNode read(PacketHeader packetHeader, List<byte[]> attachments)
      throws MalformedMessage {
    JsonNode payload = parse(packetHeader.json());
    boolean valid =
        switch (packetHeader.kind()) {
          case CONNECT -> payload.isMissingNode() || payload.isObject();
          case DISCONNECT -> payload.isMissingNode();
          case EVENT -> payload.isArray() && isEventName(payload.path(0));
          case ACK -> payload.isArray();
          case CONNECT_ERROR -> false;
        };
    if (!valid) {
      throw new MalformedMessage("invalid payload");
    }
    return packetHeader.binary() ? withAttachments(payload, attachments) : payload;
  }

  private JsonNode parse(String json) throws MalformedMessage {
    if (json.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedMessage("no JSON");
    }
  }

  private static boolean isEventName(JsonNode name) {
    return name.isNumber() || (name.isTextual() && !RESERVED.contains(name.textValue()));
  }

  private static JsonNode withAttachments(JsonNode node, List<byte[]> attachments)
      throws MalformedMessage {
    if (node.isObject()
        && node.path("_placeholder").isBoolean()
        && node.path("_placeholder").asBoolean()) {
      JsonNode number = node.path("num");
      if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
        throw new MalformedMessage("illegal attachments");
      }
      return BinaryNode.valueOf(attachments.get(number.intValue()));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withAttachments(array.get(i), attachments));
      }
    } else if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyStream().map(p -> p.getKey()).toList())) {
        object.set(name, withAttachments(object.path(name), attachments));
      }
    }
    return node;
  }
}
