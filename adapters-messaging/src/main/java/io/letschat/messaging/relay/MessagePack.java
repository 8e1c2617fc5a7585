package io.letschat.messaging.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/** Values of JSON, and byte arrays, as MessagePack. */
final class MessagePack {
  private static final int DEEPEST = 64;

  private MessagePack() {}

  static byte[] write(@Nullable Object value) {
    try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
      write(value, packer);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IOException if it is not MessagePack, or nested too deeply
   */
  static @Nullable Object read(byte[] written) throws IOException {
    try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(written)) {
      return read(unpacker, 0);
    } catch (RuntimeException e) {
      throw new IOException(e.toString(), e);
    }
  }

  private static void write(@Nullable Object value, MessagePacker packer) throws IOException {
    switch (value) {
      case null -> packer.packNil();
      case String text -> packer.packString(text);
      case Boolean flag -> packer.packBoolean(flag);
      case Integer number -> packer.packInt(number);
      case Long number -> packer.packLong(number);
      case Double number -> packer.packDouble(number);
      case byte[] bytes -> {
        packer.packBinaryHeader(bytes.length);
        packer.writePayload(bytes);
      }
      case List<?> list -> {
        packer.packArrayHeader(list.size());
        for (Object item : list) {
          write(item, packer);
        }
      }
      case Map<?, ?> fields -> {
        packer.packMapHeader(fields.size());
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          packer.packString(String.valueOf(field.getKey()));
          write(field.getValue(), packer);
        }
      }
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    }
  }

  /** Grows lists as their items come: a header may promise anything. */
  private static @Nullable Object read(MessageUnpacker unpacker, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("nested too deeply");
    }
    return switch (unpacker.getNextFormat().getValueType()) {
      case NIL -> {
        unpacker.unpackNil();
        yield null;
      }
      case BOOLEAN -> unpacker.unpackBoolean();
      case INTEGER -> {
        BigInteger number = unpacker.unpackBigInteger();
        yield number.bitLength() < 64 ? (Object) number.longValue() : (Object) number.doubleValue();
      }
      case FLOAT -> unpacker.unpackDouble();
      case STRING -> unpacker.unpackString();
      case BINARY -> unpacker.readPayload(bounded(unpacker.unpackBinaryHeader()));
      case EXTENSION -> {
        // JavaScript's undefined and dates; we have no use for them.
        unpacker.skipValue();
        yield null;
      }
      case ARRAY -> {
        int size = unpacker.unpackArrayHeader();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(read(unpacker, depth + 1));
        }
        yield list;
      }
      case MAP -> {
        int size = unpacker.unpackMapHeader();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          fields.put(String.valueOf(read(unpacker, depth + 1)), read(unpacker, depth + 1));
        }
        yield fields;
      }
    };
  }

  private static int bounded(int length) throws IOException {
    if (length > 16 << 20) {
      throw new IOException("too large");
    }
    return length;
  }
}
