package io.letschat.application.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomPassword;
import io.letschat.testkit.Chat;
import io.letschat.testkit.CountingPasswordHasher;
import io.letschat.testkit.PlainPasswordHasher;
import io.letschat.testkit.Someone;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomAccessTest {
  @Test
  void wrong_passwords_count_for_the_address_whoever_tries_them() {
    var chat = new Chat();
    Room tea = chat.someone("ada").enters("tea", "secret");
    var access = new RoomAccess(chat.rooms, new PlainPasswordHasher(), chat.limiter, chat.clock);
    for (int i = 0; i < Limit.ROOM_PASSWORD.defaultRate().times(); i++) {
      assertThat(tries(chat, access, tea, "guest" + i, "192.0.2.1"))
          .isEqualTo(new RoomAccess.WrongPassword());
    }

    assertThat(tries(chat, access, tea, "eve", "192.0.2.1"))
        .isInstanceOf(RoomAccess.TooOften.class);
    assertThat(tries(chat, access, tea, "eve2", "192.0.2.2"))
        .isEqualTo(new RoomAccess.WrongPassword());
  }

  private static RoomAccess.Entry tries(
      Chat chat, RoomAccess access, Room room, String name, String address) {
    return access.unlock(
        chat.someone(name).who(),
        room.id(),
        chat.rooms.find(room.id()),
        RoomPassword.of("wrong"),
        address);
  }

  /** Comparing takes a hundred times as long as everything else, so its absence could be seen. */
  @Test
  void a_password_for_a_room_that_is_not_there_is_compared_all_the_same() {
    var chat = new Chat();
    Someone ada = chat.someone("ada");
    var passwords = new CountingPasswordHasher();
    var access =
        new RoomAccess(
            chat.rooms,
            passwords,
            new LocalRateLimiter(Map.of(), InstantSource.system()),
            InstantSource.system());

    RoomAccess.Entry entry =
        access.unlock(
            ada.who(),
            new RoomId(4711),
            Optional.empty(),
            RoomPassword.of("the password of a room that is not there"),
            "192.0.2.1");

    assertThat(entry).isEqualTo(new RoomAccess.WrongPassword());
    assertThat(passwords.compared()).isOne();
  }
}
