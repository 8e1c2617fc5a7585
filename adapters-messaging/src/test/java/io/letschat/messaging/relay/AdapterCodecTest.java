package io.letschat.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterCodecTest {
  @Test
  void what_is_written_is_read() throws IOException {
    var event =
        new RelayedEvent(
            "letschat-1",
            "new message",
            Arrays.asList(
                Map.of("seq", 1L << 40, "list", List.of(true, 2.5, "\u00fc \ud83d\ude00")), null),
            List.of("7"),
            List.of("8"),
            false);

    assertThat(AdapterCodec.read(AdapterCodec.write(event))).contains(event);
    assertThat(new Channels("socket.io", "i1").of("7")).asString().isEqualTo("socket.io#/#7#");
  }

  @Test
  void an_emitter_may_leave_out_the_namespace_and_the_rooms() throws IOException {
    byte[] written =
        MessagePack.write(List.of("emitter", Map.of("type", 2, "data", List.of("news")), Map.of()));

    assertThat(AdapterCodec.read(written))
        .contains(new RelayedEvent("emitter", "news", List.of(), List.of(), List.of(), false));
  }

  @Test
  void other_namespaces_and_other_packets_are_not_ours() throws IOException {
    for (Map<String, Object> packet :
        List.<Map<String, Object>>of(
            Map.of("type", 2, "data", List.of("news"), "nsp", "/admin"),
            Map.of("type", 3, "data", List.of("news")),
            Map.of("type", 2, "data", List.of()),
            Map.of("type", 2, "data", List.of(5)))) {
      assertThat(AdapterCodec.read(MessagePack.write(List.of("emitter", packet, Map.of()))))
          .isEmpty();
    }
    assertThat(AdapterCodec.read(MessagePack.write("text"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "dd ff ff ff ff", // a list of four thousand million
        "df ff ff ff ff", // a map of as many
        "c6 7f ff ff ff 00", // two gigabytes
        "db 7f ff ff ff 41", // as a string
        "c1" // never used
      })
  void a_header_that_promises_too_much_is_refused_and_costs_nothing(String hex) {
    byte[] written = new byte[hex.isEmpty() ? 0 : hex.split(" ").length];
    for (int i = 0; i < written.length; i++) {
      written[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
    }
    assertThatThrownBy(() -> MessagePack.read(written)).isInstanceOf(IOException.class);
  }

  @Test
  void nesting_ends_somewhere() {
    byte[] written = new byte[100_000];
    Arrays.fill(written, (byte) 0x91);
    assertThatThrownBy(() -> MessagePack.read(written)).isInstanceOf(IOException.class);
  }

  @Test
  void random_bytes_are_read_or_refused() {
    var random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] written = new byte[random.nextInt(40)];
      random.nextBytes(written);
      try {
        AdapterCodec.read(written);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
