package io.letschat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.socketio.packet.BinaryPacketReassembler;
import io.letschat.socketio.packet.MalformedMessage;
import io.letschat.socketio.packet.PacketHeaderDecoder;
import org.junit.jupiter.api.Test;

/** What is just allowed in a packet, and what no longer is. */
class PacketBoundsTest {
  @Test
  void an_ack_id_has_sixteen_digits_at_most() throws Exception {
    assertThat(PacketHeaderDecoder.decode("29999999999999999[\"x\"]", 1).ackId())
        .isEqualTo(9_999_999_999_999_999L);
    assertThatThrownBy(() -> PacketHeaderDecoder.decode("210000000000000000[\"x\"]", 1))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void attachments_are_weighed_together_up_to_the_last_byte() throws Exception {
    var settings = SocketIoSettings.defaults().toBuilder().attachments(2, 10).build();
    var assembly = new BinaryPacketReassembler(settings);
    for (int round = 0; round < 2; round++) {
      assertThat(assembly.onText("52-[\"x\"]")).isNull();
      assertThat(assembly.onBinary(new byte[4])).isNull();
      assertThat(assembly.onBinary(new byte[6])).isNotNull();
    }
    assertThat(assembly.onText("52-[\"x\"]")).isNull();
    assertThat(assembly.onBinary(new byte[4])).isNull();
    assertThatThrownBy(() -> assembly.onBinary(new byte[7])).isInstanceOf(MalformedMessage.class);
  }
}
