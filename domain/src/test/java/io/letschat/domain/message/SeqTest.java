package io.letschat.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import org.junit.jupiter.api.Test;

class SeqTest {
  @Test
  void numbers_follow_each_other_from_one() {
    assertThat(Seq.NONE.next()).isEqualTo(new Seq(1));
    assertThat(new Seq(1).next()).isEqualTo(new Seq(2)).hasToString("2");
    assertThatIllegalArgumentException().isThrownBy(() -> new Seq(-1));
  }

  @Test
  void a_number_is_after_those_before_it_and_not_after_itself() {
    assertThat(new Seq(2).isAfter(new Seq(1))).isTrue();
    assertThat(new Seq(2).isAfter(new Seq(2))).isFalse();
    assertThat(new Seq(2).isAfter(new Seq(3))).isFalse();
    assertThat(new Seq(2)).isGreaterThan(new Seq(1)).isLessThan(new Seq(10));
  }

  @Test
  void types_are_named_in_lower_case() {
    assertThat(MessageType.IMAGE.wireName()).isEqualTo("image");
    for (MessageType type : MessageType.values()) {
      assertThat(MessageType.named(type.wireName())).contains(type);
    }
    assertThat(MessageType.named("IMAGE")).isEmpty();
  }

  @Test
  void a_room_belongs_to_its_owner_alone() {
    var room = new Room(new RoomId(7), RoomName.of("tea"), new UserId(1));
    assertThat(room.isOwnedBy(new UserId(1))).isTrue();
    assertThat(room.isOwnedBy(new UserId(2))).isFalse();
    assertThat(room.id()).hasToString("7").isLessThan(new RoomId(10));
    assertThat(room.name()).hasToString("tea");
    assertThat(room.name().looksLike(RoomName.of("t\u0435\u0430"))).isTrue();
    assertThat(room.name().looksLike(RoomName.of("coffee"))).isFalse();
  }
}
