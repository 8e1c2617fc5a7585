package io.letschat.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.letschat.engineio.EngineVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever a client sends, the decoder gives packets or says that it is malformed, and packets that
 * it gave survive the way back. Runs over its recorded inputs; with {@code JAZZER_FUZZ=1} it looks
 * for new ones.
 */
class PacketDecoderFuzzTest {
  private static final int MOST = 100;

  @FuzzTest(maxDuration = "30s")
  void payloads(FuzzedDataProvider data) throws ReceivedPacket.TooMany, ReceivedPacket.Malformed {
    EngineVersion version = data.pickValue(EngineVersion.values());
    boolean binary = data.consumeBoolean();
    List<ReceivedPacket> packets = new ArrayList<>();
    try {
      packets =
          PacketDecoder.payload(
              version, binary, Unpooled.wrappedBuffer(data.consumeRemainingAsBytes()), MOST);
    } catch (ReceivedPacket.Malformed | ReceivedPacket.TooMany e) {
      return;
    }
    assertThat(packets).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
    assertThat(there(version, packets)).hasToString(packets.toString());
  }

  private static List<ReceivedPacket> there(EngineVersion version, List<ReceivedPacket> packets)
      throws ReceivedPacket.TooMany, ReceivedPacket.Malformed {
    List<EnginePacket> outgoing =
        packets.stream()
            .map(packet ->
                switch (packet) {
                  case ReceivedPacket.Text(char type, String text) -> EnginePacket.text(type, text);
                  case ReceivedPacket.Binary(byte[] bytes) -> EnginePacket.binary(bytes);
                })
            .toList();
    ByteBuf payload = PayloadEncoder.text(version, outgoing);
    try {
      return PacketDecoder.payload(version, false, payload, MOST);
    } finally {
      payload.release();
      outgoing.forEach(EnginePacket::release);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void single_packets(FuzzedDataProvider data) {
    EngineVersion version = data.pickValue(EngineVersion.values());
    try {
      if (data.consumeBoolean()) {
        PacketDecoder.text(version, data.consumeRemainingAsString());
      } else {
        PacketDecoder.binary(version, data.consumeRemainingAsBytes());
      }
    } catch (ReceivedPacket.Malformed e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
