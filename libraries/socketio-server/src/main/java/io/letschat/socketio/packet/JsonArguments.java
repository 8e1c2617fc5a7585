package io.letschat.socketio.packet;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.protocol.AckArgs;
import com.corundumstudio.socketio.protocol.Event;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.corundumstudio.socketio.protocol.JsonSupport;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * netty-socketio's JSON, reading from a parsed tree, so that bytes arrive as {@code byte[]} also
 * inside of maps and for listeners of {@code Object}. A program's own {@link JsonSupport} works
 * too; it gets bytes in base64, as from the stock transport.
 */
public final class JsonArguments extends JacksonJsonSupport {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  public JsonArguments(Module... modules) {
    super(modules);
    // As JSON.stringify does, and the stock one does not: a field that is null is there.
    objectMapper.setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);
  }

  /** The arguments of an event, typed by its listener; none when there is no listener. */
  public static List<Object> ofEvent(JsonSupport json, String namespace, JsonNode payload)
      throws IOException {
    Event event =
        json instanceof JsonArguments own
            ? own.readEvent(namespace, payload)
            : json.readValue(namespace, bytes(payload), Event.class);
    return event.getArgs();
  }

  /** The arguments of an ack, typed by its callback. */
  public static List<Object> ofAck(JsonSupport json, AckCallback<?> callback, JsonNode payload)
      throws IOException {
    if (json instanceof JsonArguments own) {
      return own.readAck(callback, payload);
    }
    AckArgs args = json.readAckArgs(bytes(payload), callback);
    return args.getArgs();
  }

  private Event readEvent(String namespace, JsonNode payload) throws IOException {
    namespaceClass.set(namespace);
    try {
      return objectMapper.readValue(objectMapper.treeAsTokens(payload), Event.class);
    } finally {
      namespaceClass.remove();
    }
  }

  private List<Object> readAck(AckCallback<?> callback, JsonNode payload) throws IOException {
    List<Object> args = new ArrayList<>();
    for (int i = 0; i < payload.size(); i++) {
      Class<?> type = callback.getResultClass();
      if (callback instanceof MultiTypeAckCallback multi) {
        Class<?>[] types = multi.getResultClasses();
        type = i < types.length ? types[i] : Object.class;
      }
      args.add(objectMapper.treeToValue(payload.get(i), type));
    }
    return args;
  }

  private static ByteBufInputStream bytes(JsonNode payload) throws IOException {
    return new ByteBufInputStream(Unpooled.wrappedBuffer(PLAIN.writeValueAsBytes(payload)));
  }
}
