package io.letschat.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The names of {@code createAdapter(pub, sub, {key: "chat"})}, and our own. */
class ChannelsTest {
  private final Channels channels = new Channels("chat", "i1");

  @Test
  void the_key_begins_the_channels_of_the_adapter() {
    assertThat(channels.all()).isEqualTo("chat#/#");
    assertThat(channels.of("7")).asString().isEqualTo("chat#/#7#");
    assertThat(channels.requests()).isEqualTo("chat-request#/#");
    assertThat(channels.responses(new RelayRequest.Requester("r", Optional.of("u1"))))
        .asString()
        .isEqualTo("chat-response#/#u1#");
  }

  @Test
  void a_room_is_read_from_its_channel() {
    assertThat(channels.room("chat#/#7#")).isEqualTo("7");
    assertThat(channels.room("chat#/#a#b#")).isEqualTo("a#b");
    assertThat(channels.room("chat#/#")).isEqualTo("chat#/#");
  }

  @Test
  void the_nodes_own_channel_is_of_one_installation_and_of_one_key() {
    assertThat(channels.news()).isEqualTo("letschat#nodes#chat#i1");
    assertThat(channels.newsOfAll()).isEqualTo("letschat#nodes#chat#*");
    assertThat(Channels.installationOf(channels.news())).isEqualTo("i1");
  }
}
