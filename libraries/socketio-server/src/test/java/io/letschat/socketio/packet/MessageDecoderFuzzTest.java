package io.letschat.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.corundumstudio.socketio.AckCallback;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.socketio.connection.ConnectHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whatever a client sends, the decoder gives a packet or says that it is malformed. Runs over its
 * recorded inputs; with {@code JAZZER_FUZZ=1} it looks for new ones.
 */
class MessageDecoderFuzzTest {
  private static final JsonArguments JSON = new JsonArguments();
  private static final PayloadReader READER = new PayloadReader(32);

  static {
    JSON.addEventMapping("", "e", Object.class, Map.class, byte[].class, String.class);
  }

  @FuzzTest(maxDuration = "30s")
  void messages(FuzzedDataProvider data) {
    List<byte[]> attachments = new ArrayList<>();
    int count = data.consumeInt(0, 3);
    for (int i = 0; i < count; i++) {
      attachments.add(data.consumeBytes(4));
    }
    JsonNode payload;
    PacketHeader packetHeader;
    try {
      packetHeader = PacketHeaderDecoder.decode(data.consumeRemainingAsString(), 10);
      assertThat(packetHeader.attachments()).isBetween(0, 10);
      payload = READER.read(packetHeader, attachments);
    } catch (MalformedMessage e) {
      return;
    }
    try {
      if (packetHeader.kind() == PacketKind.EVENT) {
        JsonArguments.ofEvent(JSON, "", payload);
      } else if (packetHeader.kind() == PacketKind.ACK) {
        JsonArguments.ofAck(JSON, new Heard(), payload);
      } else if (packetHeader.kind() == PacketKind.CONNECT) {
        ConnectHandler.authOf(packetHeader, payload);
      }
    } catch (IOException e) {
      // A payload that its listener's types cannot hold.
      assertThat(e).isNotNull();
    }
  }

  private static final class Heard extends AckCallback<Object> {
    Heard() {
      super(Object.class);
    }

    @Override
    public void onSuccess(Object result) {}
  }
}
