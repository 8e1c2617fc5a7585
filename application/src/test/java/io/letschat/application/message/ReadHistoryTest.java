package io.letschat.application.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.letschat.application.message.ReadHistory.After;
import io.letschat.application.message.ReadHistory.Before;
import io.letschat.application.message.ReadHistory.History;
import io.letschat.application.message.ReadHistory.Latest;
import io.letschat.application.message.ReadHistory.Page;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadHistoryTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Room room = ada.enters("tea", "secret");

  @BeforeEach
  void five_messages() {
    for (int i = 1; i <= 5; i++) {
      ada.says(room, "number " + i);
    }
  }

  private void assertPage(Page page, int limit, boolean hasMore, Integer... seqs) {
    History history = chat.readHistory.read(ada.who(), room.id(), page, limit).orElseThrow();
    assertThat(history.messages())
        .extracting(message -> (int) message.seq().value())
        .containsExactly(seqs);
    assertThat(history.hasMore()).isEqualTo(hasMore);
  }

  @Test
  void the_latest_are_the_newest_oldest_first() {
    assertPage(new Latest(), 2, true, 4, 5);
    assertPage(new Latest(), 4, true, 2, 3, 4, 5);
    assertPage(new Latest(), 5, false, 1, 2, 3, 4, 5);
    assertPage(new Latest(), ReadHistory.MOST, false, 1, 2, 3, 4, 5);
  }

  @Test
  void before_a_number_come_the_newest_of_those_before_it() {
    assertPage(new Before(new Seq(4)), 2, true, 2, 3);
    assertPage(new Before(new Seq(4)), 3, false, 1, 2, 3);
    assertPage(new Before(new Seq(1)), 1, false);
  }

  @Test
  void after_a_number_come_the_oldest_of_those_after_it() {
    assertPage(new After(new Seq(1)), 3, true, 2, 3, 4);
    assertPage(new After(new Seq(1)), 4, false, 2, 3, 4, 5);
    assertPage(new After(new Seq(5)), 1, false);
  }

  @Test
  void a_page_has_1_to_100_messages() {
    assertPage(new Latest(), 1, true, 5);
    for (int limit : new int[] {0, -1, ReadHistory.MOST + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> chat.readHistory.read(ada.who(), room.id(), new Latest(), limit));
    }
  }

  @Test
  void the_room_of_others_and_one_that_is_absent_have_no_history() {
    Someone bob = chat.someone("bob");
    assertThat(chat.readHistory.read(bob.who(), room.id(), new Latest(), 1)).isEmpty();
    assertThat(chat.readHistory.read(ada.who(), new RoomId(4711), new Latest(), 1)).isEmpty();
  }
}
