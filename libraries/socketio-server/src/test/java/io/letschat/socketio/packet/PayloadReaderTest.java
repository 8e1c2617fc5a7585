package io.letschat.socketio.packet;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
  private final PayloadReader reader = new PayloadReader(64);

  /**
   * Jackson keeps the names of fields in one table for all that a mapper reads. One packet with
   * thousands of names of the same hash damaged it, and later other clients' events were lost.
   */
  @Test
  void names_with_the_same_hash_do_no_harm_to_the_next_packet() throws MalformedMessage {
    assertThat(fields(4_000, PayloadReaderTest::sameHash)).isEqualTo(4_000);

    for (int packet = 0; packet < 10; packet++) {
      String prefix = "name " + packet + " ";
      assertThat(fields(5_000, number -> prefix + number)).isEqualTo(5_000);
    }
  }

  private int fields(int count, IntFunction<String> name) throws MalformedMessage {
    String object =
        IntStream.range(0, count)
            .mapToObj(number -> '"' + name.apply(number) + "\":1")
            .collect(joining(",", "{", "}"));
    PacketHeader packetHeader = PacketHeaderDecoder.decode("2[\"typing\"," + object + "]", 10);
    return reader.read(packetHeader, List.of()).path(1).size();
  }

  /** {@code 33 * 'a' + 'B'} is {@code 33 * 'b' + '!'}. */
  private static String sameHash(int number) {
    return IntStream.range(0, 12)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "aB" : "b!")
        .collect(joining());
  }
}
