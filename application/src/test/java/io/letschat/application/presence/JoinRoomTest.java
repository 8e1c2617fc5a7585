package io.letschat.application.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomPassword;
import io.letschat.testkit.Chat;
import io.letschat.testkit.ForwardingMessageLog;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JoinRoomTest {
  private final Chat chat = unlimited();
  private final Someone ada = chat.someone("ada");
  private final Room tea = ada.enters("tea", "secret");

  private static Chat unlimited() {
    var limits = new EnumMap<>(Chat.usualLimits());
    limits.remove(Limit.MESSAGE);
    return new Chat(limits, log -> log);
  }

  @Test
  void who_comes_for_the_first_time_gets_the_newest_fifty() {
    say(60);

    var opened = open(ada, Optional.empty());

    assertThat(seqs(opened.messages())).containsExactlyElementsOf(range(11, 60));
    assertThat(opened.last()).isEqualTo(new Seq(60));
    assertThat(opened.complete()).isTrue();
  }

  @Test
  void who_comes_back_gets_exactly_what_was_missed() {
    say(30);

    var opened = open(ada, since(25, Optional.empty()));

    assertThat(seqs(opened.messages())).containsExactlyElementsOf(range(26, 30));
    assertThat(opened.complete()).isTrue();
  }

  @Test
  void who_missed_nothing_gets_nothing() {
    say(3);

    var opened = open(ada, since(3, Optional.empty()));

    assertThat(opened.messages()).isEmpty();
    assertThat(opened.complete()).isTrue();
  }

  @Test
  void who_missed_more_than_a_hundred_gets_the_oldest_hundred_and_is_told_that_there_is_more() {
    say(150);

    var opened = open(ada, since(20, Optional.empty()));

    assertThat(seqs(opened.messages())).containsExactlyElementsOf(range(21, 120));
    assertThat(opened.complete()).isFalse();
    assertThat(open(ada, since(50, Optional.empty())).complete()).isTrue();
  }

  @Test
  void a_number_of_another_epoch_says_nothing_so_the_newest_page_comes() {
    say(60);
    RoomEpoch epoch = open(ada, Optional.empty()).epoch();

    var restored = open(ada, since(59, Optional.of(new RoomEpoch("another"))));
    assertThat(restored.complete()).isFalse();
    assertThat(seqs(restored.messages())).containsExactlyElementsOf(range(11, 60));

    assertThat(seqs(open(ada, since(59, Optional.of(epoch))).messages())).containsExactly(60L);
  }

  @Test
  void a_number_that_was_never_given_says_nothing_either() {
    say(3);

    var opened = open(ada, since(99, Optional.empty()));

    assertThat(opened.complete()).isFalse();
    assertThat(seqs(opened.messages())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void with_the_password_a_stranger_becomes_a_member() {
    Someone bob = chat.someone("bob");

    assertThat(open(bob, tea.id(), Optional.empty())).isEqualTo(new JoinRoom.NoSuchRoom());
    assertThat(open(bob, tea.id(), Optional.of("wrong"))).isEqualTo(new JoinRoom.WrongPassword());
    assertThat(open(bob, tea.id(), Optional.of("secret"))).isInstanceOf(JoinRoom.Joined.class);
    assertThat(open(bob, tea.id(), Optional.empty())).isInstanceOf(JoinRoom.Joined.class);
  }

  @Test
  void a_room_that_is_not_there_answers_like_one_of_others() {
    Someone bob = chat.someone("bob");
    var absent = new RoomId(4711);

    assertThat(open(bob, absent, Optional.empty())).isEqualTo(new JoinRoom.NoSuchRoom());
    assertThat(open(bob, absent, Optional.of("secret"))).isEqualTo(new JoinRoom.WrongPassword());
  }

  @Test
  void guessing_the_password_of_a_room_is_limited() {
    Someone bob = chat.someone("bob");
    for (int i = 0; i < Limit.ROOM_PASSWORD.defaultRate().times(); i++) {
      open(bob, tea.id(), Optional.of("guess " + i));
    }

    assertThat(open(bob, tea.id(), Optional.of("secret"))).isInstanceOf(JoinRoom.TooOften.class);
  }

  /** Else the first refusal would tell that there is a room. */
  @Test
  void guessing_the_password_of_a_room_that_is_not_there_is_limited_as_well() {
    Someone bob = chat.someone("bob");
    var absent = new RoomId(4711);
    for (int i = 0; i < Limit.ROOM_PASSWORD.defaultRate().times(); i++) {
      assertThat(open(bob, absent, Optional.of("guess " + i)))
          .isEqualTo(new JoinRoom.WrongPassword());
    }

    assertThat(open(bob, absent, Optional.of("secret"))).isInstanceOf(JoinRoom.TooOften.class);
  }

  @Test
  void a_socket_that_could_not_be_opened_leaves_nothing_behind() {
    var broken = new boolean[1];
    var chat = new Chat(Chat.usualLimits(), log -> new HeadlessLog(log, broken));
    Someone carl = chat.someone("carl");
    Room room = carl.enters("tea", "secret");
    TestConnection socket = carl.connects();

    broken[0] = true;
    assertThatThrownBy(() -> carl.opens(room, socket, Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
    broken[0] = false;

    assertThat(chat.presence.online(room.id())).isZero();
    carl.says(room, "hello");
    assertThat(socket.messages()).isEmpty();
  }

  @Test
  void who_is_sent_away_while_the_answer_is_made_counts_no_more_and_is_told_after_it() {
    var meanwhile = new Runnable[] {() -> {}};
    var chat =
        new Chat(
            Chat.usualLimits(),
            log ->
                new ForwardingMessageLog(log) {
                  @Override
                  public List<Message> before(RoomId room, Seq before, int most) {
                    meanwhile[0].run();
                    return super.before(room, before, most);
                  }
                });
    Someone owner = chat.someone("owner");
    Someone guest = chat.someone("guest");
    Room room = owner.enters("tea", "secret");
    guest.enters("tea", "secret");
    TestConnection socket = guest.connects();
    meanwhile[0] = () -> owner.removes(guest, room);

    JoinRoom.Joined opened = guest.opens(room, socket, Optional.empty());
    socket.forget();
    opened.subscription().activate();

    assertThat(chat.presence.online(room.id())).isZero();
    assertThat(socket.received()).containsExactly(new RoomEvent.MembershipEnded(room.id()));
  }

  @Test
  void a_stranger_who_knocks_where_somebody_listens_leaves_nothing_behind() {
    Someone stranger = chat.someone("stranger");
    ada.opens(tea);
    TestConnection socket = stranger.connects();
    var command =
        new JoinRoom.Command(
            stranger.who(), tea.id(), Optional.empty(), Optional.empty(), socket, "192.0.2.1");

    assertThat(chat.joinRoom.open(command)).isEqualTo(new JoinRoom.NoSuchRoom());

    ada.says(tea, "among ourselves");
    assertThat(socket.received()).isEmpty();
    assertThat(chat.presence.online(tea.id())).isEqualTo(1);
  }

  private void say(int count) {
    for (int i = 1; i <= count; i++) {
      ada.says(tea, "message " + i);
    }
  }

  private JoinRoom.Joined open(Someone who, Optional<JoinRoom.Since> since) {
    return who.opens(tea, who.connects(), since);
  }

  private JoinRoom.Result open(Someone who, RoomId room, Optional<String> password) {
    return chat.joinRoom.open(
        new JoinRoom.Command(
            who.who(),
            room,
            password.map(RoomPassword::of),
            Optional.empty(),
            who.connects(),
            "192.0.2.1"));
  }

  private static Optional<JoinRoom.Since> since(long seq, Optional<RoomEpoch> epoch) {
    return Optional.of(new JoinRoom.Since(new Seq(seq), epoch));
  }

  private static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(message -> message.seq().value()).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
