package io.letschat.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import org.junit.jupiter.api.Test;

class StoreUnavailableTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");

  @Test
  void what_needs_a_store_that_is_away_says_so_and_works_again_afterwards() {
    ada.enters("tea", "secret");
    chat.outage.begin();

    assertThatThrownBy(() -> chat.myRooms.of(ada.who())).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> chat.someone("bob")).isInstanceOf(StoreUnavailable.class);

    chat.outage.end();
    assertThat(chat.myRooms.of(ada.who())).hasSize(1);
  }
}
