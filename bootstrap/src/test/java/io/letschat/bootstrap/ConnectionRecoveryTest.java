package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.RawSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes back with a {@code pid} and an offset, packet by packet. */
class ConnectionRecoveryTest {
  @TempDir private static Path folder;

  private MemoryChat chat;
  private Visitor ada;
  private Visitor bob;
  private long room;

  @BeforeEach
  void two_people_share_a_room() throws Exception {
    begin(Map.of());
  }

  private void begin(Map<String, String> settings) throws Exception {
    chat =
        MemoryChat.start(
            folder, settings.isEmpty() ? Map.of("RATE_LIMIT_MESSAGE", "off") : settings);
    ada = chat.signsUp("ada");
    bob = chat.signsUp("bob");
    room = chat.enters(ada, "tea");
    chat.enters(bob, "tea");
  }

  private void beginAnew(Map<String, String> settings) throws Exception {
    chat.close();
    begin(settings);
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  private static RawSocket joined(Visitor visitor, long... rooms) {
    RawSocket socket = RawSocket.connect(visitor);
    for (long room : rooms) {
      socket.joins(room);
    }
    return socket;
  }

  private static RawSocket cut(RawSocket socket) {
    socket.cut();
    return socket;
  }

  @Test
  void a_lost_socket_goes_on_with_what_it_missed_and_then_with_what_is_said() {
    RawSocket first = joined(bob, room);
    chat.says(ada, room, "heard");
    first.awaits("new message", 1);
    first.cut();
    chat.says(ada, room, "missed");
    chat.says(ada, room, "missed, too");

    try (RawSocket second = RawSocket.again(bob, first)) {
      assertThat(second.answer()).isEqualTo(first.answer());
      second.awaits("new message", 2);
      chat.says(ada, room, "live");
      second.awaits("new message", 3);
      assertThat(second.seqs()).containsExactly(2L, 3L, 4L);
      assertThat(second.heard("new message"))
          .allSatisfy(event -> {
            long seq = event.at("/1/seq").asLong();
            assertThat(event.path(2).asText()).isEqualTo("@" + room + "." + seq);
          });
      second.awaits("online users", 1);
      assertThat(second.heard("online users").getLast().at("/2/online").asInt()).isEqualTo(1);
      assertThat(
              second.ask("send message", Map.of("room_id", room, "content", "I am back")).at("/ok"))
          .hasToString("true");
    }
    assertThat(chat.recoveries("recovered")).isEqualTo(1);
  }

  @Test
  void it_can_come_back_again_even_if_nothing_has_reached_it_since() {
    RawSocket first = cut(joined(bob, room));
    chat.says(ada, room, "missed");
    RawSocket second = RawSocket.again(bob, first);
    assertThat(second.isRecovered(first)).isTrue();
    second.cut();

    // As if the connection had been lost before what was missed came.
    try (RawSocket third = RawSocket.again(bob, first)) {
      assertThat(third.isRecovered(first)).isTrue();
      assertThat(third.sid()).isEqualTo(first.sid());
      third.awaits("new message", 1);
      assertThat(third.seqs()).containsExactly(1L);
    }
  }

  @Test
  void the_other_dialect_comes_back_in_its_own_words() {
    RawSocket first = RawSocket.connect(bob);
    first.ask("joinRoom", Map.of("room_id", room));
    first.awaits("position", 1);
    first.cut();
    chat.says(ada, room, "missed");

    try (RawSocket second = RawSocket.again(bob, first)) {
      assertThat(second.isRecovered(first)).isTrue();
      second.awaits("newMessage", 1);
      second.awaits("roomStatsUpdate", 1);
      assertThat(second.heard("newMessage").getFirst().path(2).asText())
          .isEqualTo("@" + room + ".1");
    }
  }

  @Test
  void among_messages_that_never_end_nothing_is_missed_and_nothing_comes_twice() throws Exception {
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sender =
          threads.submit(() -> {
            for (int n = 0; n < 100_000 && !over.get(); n++) {
              chat.says(ada, room, "message " + n);
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
          });
      try {
        RawSocket socket = joined(bob, room);
        List<Long> heard = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
          socket.awaits("new message", 5);
          socket.cut();
          heard.addAll(socket.seqs());
          RawSocket next = RawSocket.again(bob, socket);
          assertThat(next.isRecovered(socket)).isTrue();
          socket = next;
        }
        socket.cut();
        assertThat(heard)
            .containsExactlyElementsOf(
                LongStream.rangeClosed(heard.getFirst(), heard.getLast()).boxed().toList());
      } finally {
        over.set(true);
        sender.get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void an_old_connection_that_nobody_has_missed_yet_is_closed_and_takes_nothing_along() {
    try (RawSocket first = joined(bob, room);
        RawSocket adas = joined(ada, room);
        RawSocket second = RawSocket.again(bob, first)) {
      assertThat(second.isRecovered(first)).isTrue();
      assertThat(first.awaitsEnd()).isIn("closed", "broken");

      chat.says(ada, room, "once");
      second.awaits("new message", 1);
      adas.awaits("new message", 1);
      assertThat(second.seqs()).containsExactly(1L);
      assertThat(first.seqs()).isEmpty();
      assertThat(adas.ask("join room", Map.of("room_id", room)).get("online").asInt()).isEqualTo(2);
    }
  }

  @Test
  void of_many_who_come_back_with_the_same_words_one_stays() {
    RawSocket first = cut(joined(bob, room));
    List<RawSocket> all = new CopyOnWriteArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        threads.submit(() -> all.add(RawSocket.again(bob, first)));
      }
    }
    // Those who came one after the other have displaced each other, before or after the answer.
    AwaitInProgram.until(
        () -> all.stream().allMatch(socket -> socket.isAnswered() || socket.isOver()),
        () -> "not all have been answered");
    List<RawSocket> recovered =
        all.stream()
            .filter(RawSocket::isAnswered)
            .filter(socket -> socket.isRecovered(first))
            .toList();
    AwaitInProgram.until(
        () -> recovered.stream().filter(socket -> !socket.isOver()).count() == 1,
        () -> "more than one, or none, of " + recovered.size() + " is left");
    RawSocket left =
        recovered.stream().filter(socket -> !socket.isOver()).findFirst().orElseThrow();
    chat.says(ada, room, "to one");
    left.awaits("new message", 1);
    assertThat(all).hasSize(8);
    assertThat(all.stream().mapToInt(socket -> socket.seqs().size()).sum()).isEqualTo(1);
    all.forEach(RawSocket::close);
  }

  // ---- who begins anew

  private void assertRefused(String reason, Visitor visitor, RawSocket earlier) {
    try (RawSocket again = RawSocket.again(visitor, earlier)) {
      assertThat(again.isRecovered(earlier)).isFalse();
      assertThat(again.sid()).isNotEqualTo(earlier.sid());
      assertThat(chat.recoveries(reason)).as(reason).isEqualTo(1);
      again.joins(room);
      assertThat(again.seqs()).isEmpty();
    }
  }

  @Test
  void an_unknown_pid_is_no_way_in() {
    RawSocket first = cut(joined(bob, room));

    try (RawSocket again =
        RawSocket.connect(bob, Optional.of("AAAAAAAAAAAAAAAAAAAAAAAA"), first.offset())) {
      assertThat(again.pid()).isNotEqualTo(first.pid()).hasSizeGreaterThanOrEqualTo(22);
      assertThat(chat.recoveries("unknown")).isEqualTo(1);
    }
    try (RawSocket again = RawSocket.again(bob, first)) {
      assertThat(again.isRecovered(first)).isTrue();
    }
  }

  @Test
  void the_pid_of_another_account_is_no_way_in_and_stays_good_for_its_owner() {
    RawSocket adas = cut(joined(ada, room));

    try (RawSocket bobs = RawSocket.again(bob, adas)) {
      assertThat(bobs.isRecovered(adas)).isFalse();
      assertThat(bobs.sid()).isNotEqualTo(adas.sid());
    }
    try (RawSocket again = RawSocket.again(ada, adas)) {
      assertThat(again.isRecovered(adas)).isTrue();
    }
  }

  @Test
  void a_session_that_has_ended_is_no_way_in() {
    RawSocket open = joined(bob, room);
    chat.logsOut(bob);
    assertThat(open.awaitsEnd()).isEqualTo("disconnected");
    assertThatThrownBy(() -> RawSocket.again(bob, open).answer())
        .hasMessageContaining("unauthorized");
    assertRefused("unknown", chat.signsInAgain(bob), open);
  }

  @Test
  void a_removed_member_does_not_come_back() {
    RawSocket first = cut(joined(bob, room));
    chat.removes(ada, bob, room);

    try (RawSocket again = RawSocket.again(bob, first)) {
      assertThat(again.isRecovered(first)).isFalse();
      assertThat(chat.recoveries("no_member")).isEqualTo(1);
      chat.says(ada, room, "among ourselves");
      assertThat(again.ask("join room", Map.of("room_id", room)).at("/error/code").asText())
          .isEqualTo("room_not_found");
      assertThat(again.seqs()).isEmpty();
    }
  }

  @Test
  void a_room_that_was_left_is_not_entered_again() {
    RawSocket first = joined(bob, room);
    first.ask("leave room", Map.of("room_id", room));
    first.cut();

    assertRefused("no_room", bob, first);
  }

  @Test
  void who_has_ended_the_connection_does_not_come_back() {
    RawSocket first = joined(bob, room);
    first.disconnects();
    AwaitInProgram.until(
        () -> {
          try (RawSocket adas = RawSocket.connect(ada)) {
            return adas.joins(room).get("online").asInt() == 1;
          }
        },
        () -> "bob is still there");
    first.cut();

    assertRefused("unknown", bob, first);
  }

  @Test
  void an_offset_of_an_earlier_socket_proves_nothing() {
    RawSocket first = joined(bob, room);
    chat.says(ada, room, "heard");
    first.awaits("new message", 1);
    first.cut();
    RawSocket second =
        RawSocket.connect(bob, Optional.of("AAAAAAAAAAAAAAAAAAAAAAAA"), first.offset());
    second.joins(room);
    second.cut();

    try (RawSocket third = RawSocket.connect(bob, Optional.of(second.pid()), first.offset())) {
      assertThat(third.isRecovered(second)).isFalse();
      assertThat(chat.recoveries("not_proven")).isEqualTo(1);
    }
  }

  @Test
  void a_client_that_may_not_have_heard_that_it_joined_begins_anew() {
    RawSocket first = joined(bob, room);
    Optional<String> before = first.offset();
    first.joins(room);
    first.cut();

    try (RawSocket again = RawSocket.connect(bob, Optional.of(first.pid()), before)) {
      assertThat(again.isRecovered(first)).isFalse();
      assertThat(chat.recoveries("not_proven")).isEqualTo(1);
    }
    for (Optional<String> nonsense :
        List.of(Optional.<String>empty(), Optional.of(""), Optional.of("@1"), Optional.of("1.1"))) {
      RawSocket socket = cut(joined(bob, room));
      try (RawSocket again = RawSocket.connect(bob, Optional.of(socket.pid()), nonsense)) {
        assertThat(again.isRecovered(socket)).isFalse();
      }
    }
  }

  @Test
  void two_rooms_come_back_if_the_offset_shows_what_was_heard_in_both() {
    long other = chat.enters(ada, "coffee");
    chat.enters(bob, "coffee");
    RawSocket first = joined(bob, other, room);
    chat.says(ada, room, "heard");
    first.awaits("new message", 1);
    first.cut();
    chat.says(ada, room, "missed");

    try (RawSocket second = RawSocket.again(bob, first)) {
      assertThat(second.isRecovered(first)).isTrue();
      chat.says(ada, other, "in the other room");
      second.awaits("new message", 2);
      assertThat(second.seqs()).containsExactly(2L, 1L);
    }
  }

  @Test
  void two_rooms_do_not_come_back_if_something_was_said_in_the_one_that_the_offset_is_not_of() {
    long other = chat.enters(ada, "coffee");
    chat.enters(bob, "coffee");
    RawSocket first = cut(joined(bob, other, room));
    chat.says(ada, other, "heard or not?");

    assertRefused("other_room", bob, first);
  }

  @Test
  void two_rooms_do_not_come_back_by_an_offset_that_may_be_older_than_the_second_join() {
    long other = chat.enters(ada, "coffee");
    chat.enters(bob, "coffee");
    RawSocket first = joined(bob, other, room);
    chat.says(ada, other, "heard");
    first.awaits("new message", 1);
    first.cut();

    assertRefused("not_proven", bob, first);
  }

  @Test
  void who_has_missed_too_much_begins_anew() {
    RawSocket first = cut(joined(bob, room));
    for (int i = 0; i <= 1000; i++) {
      chat.says(ada, room, "message " + i);
    }

    assertRefused("too_much", bob, first);
  }

  @Test
  void who_comes_too_late_begins_anew() throws Exception {
    beginAnew(Map.of("RECOVERY_WINDOW", "1s"));
    RawSocket first = cut(joined(bob, room));
    long late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_700);
    AwaitInProgram.until(() -> System.nanoTime() > late, () -> "time stands still");

    assertRefused("unknown", bob, first);
  }

  @Test
  void who_stays_longer_than_the_window_can_come_back_all_the_same() throws Exception {
    beginAnew(Map.of("RECOVERY_WINDOW", "1s"));
    RawSocket first = joined(bob, room);
    long late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_700);
    AwaitInProgram.until(() -> System.nanoTime() > late, () -> "time stands still");

    try (RawSocket second = RawSocket.again(bob, cut(first))) {
      assertThat(second.isRecovered(first)).isTrue();
    }
  }

  @Test
  void who_stumbles_over_another_argument_gets_none() {
    try (RawSocket socket =
        RawSocket.connect(bob, Optional.empty(), Optional.empty(), "Python/3.12 aiohttp/3.9.1")) {
      assertThat(socket.answer().has("pid")).isFalse();
      socket.ask("join room", Map.of("room_id", room));
      chat.says(ada, room, "as ever");
      socket.awaits("new message", 1);
      assertThat(socket.heard("new message").getFirst().size()).isEqualTo(2);
      assertThat(socket.heard("position")).isEmpty();
    }
  }

  @Test
  void while_nothing_can_be_written_down_nobody_comes_back_to_rooms_that_are_not_his_any_more() {
    long other = chat.enters(ada, "coffee");
    chat.enters(bob, "coffee");
    RawSocket first = joined(bob, room);
    chat.bookmarksAway(true);
    first.ask("join room", Map.of("room_id", other));
    chat.says(ada, room, "heard, but without a proof");
    first.awaits("new message", 1);
    assertThat(first.heard("new message").getFirst().size()).isEqualTo(2);
    chat.bookmarksAway(false);
    first.cut();

    assertRefused("not_proven", bob, first);
  }

  @Test
  void once_it_can_be_written_down_again_offsets_prove_something_again() throws Exception {
    beginAnew(Map.of("RECOVERY_WINDOW", "1s"));
    RawSocket first = RawSocket.connect(bob);
    chat.bookmarksAway(true);
    first.ask("join room", Map.of("room_id", room));
    chat.bookmarksAway(false);
    AwaitInProgram.until(
        () -> {
          chat.says(ada, room, "and now?");
          return first.heard("new message").stream().anyMatch(event -> event.size() == 3);
        },
        () -> "no offset in " + first.heard("new message"));
    first.cut();

    try (RawSocket second = RawSocket.again(bob, first)) {
      assertThat(second.isRecovered(first)).isTrue();
    }
  }

  @Test
  void while_it_cannot_be_read_a_client_begins_anew() {
    RawSocket first = cut(joined(bob, room));
    chat.bookmarksAway(true);

    assertThat(RawSocket.again(bob, first).isRecovered(first)).isFalse();
    assertThat(chat.recoveries("unavailable")).isEqualTo(1);
  }

  @Test
  void switched_off_there_is_neither_pid_nor_offset() throws Exception {
    beginAnew(Map.of("RECOVERY_WINDOW", "off"));
    try (RawSocket socket = RawSocket.connect(bob, Optional.of("some"), Optional.of("@1.1"))) {
      assertThat(socket.answer().has("pid")).isFalse();
      socket.ask("join room", Map.of("room_id", room));
      chat.says(ada, room, "as ever");
      socket.awaits("new message", 1);
      JsonNode event = socket.heard("new message").getFirst();
      assertThat(event.size()).isEqualTo(2);
      assertThat(socket.heard("position")).isEmpty();
    }
  }
}
