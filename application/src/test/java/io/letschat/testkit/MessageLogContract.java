package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.Accounts;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.AppendedBefore;
import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.application.delivery.MessageLog.NotAppended;
import io.letschat.application.delivery.MessageLog.SessionEnded;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link MessageLog} keeps. */
public abstract class MessageLogContract {
  /** The adapter, the same during a test; there may be something in it. */
  protected abstract Stores stores();

  @Test
  void messages_are_numbered_from_one_per_room() {
    Stores stores = stores();
    Member here = stores.roomAndOwner();
    Member there = stores.roomAndOwner();
    assertThat(stores.log().head(here.room().id()).last()).isEqualTo(Seq.NONE);

    assertThat(appended(stores, here, "one").seq().value()).isEqualTo(1);
    assertThat(appended(stores, there, "other").seq().value()).isEqualTo(1);
    assertThat(appended(stores, here, "two").seq().value()).isEqualTo(2);
    assertThat(stores.log().head(here.room().id()).last().value()).isEqualTo(2);
  }

  @Test
  void the_heads_of_many_rooms_are_told_at_once() {
    Stores stores = stores();
    Member busy = stores.roomAndOwner();
    Member silent = stores.roomAndOwner();
    appended(stores, busy, "one");
    appended(stores, busy, "two");
    RoomId absent = new RoomId(Long.MAX_VALUE);

    assertThat(stores.log().heads(List.of(busy.room().id(), silent.room().id(), absent)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(busy.room().id(), new Seq(2), silent.room().id(), Seq.NONE));
    assertThat(stores.log().heads(List.of())).isEmpty();
  }

  @Test
  void what_was_appended_is_what_is_read() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    String text = "  inner\u00a0 space, \u2028, \u001e, \ud83d\ude00 and <b>  ".strip();
    var message =
        new NewMessage(
            member,
            Stores.sessionOf(member),
            MessageContent.of(text),
            MessageType.TEXT,
            Optional.of(ClientMessageId.of("id \u00fc")),
            Stores.NOON.plusMillis(123));

    Message appended = ((Appended) stores.log().append(message)).message();

    assertThat(appended.content().text()).isEqualTo(text);
    assertThat(appended.senderName()).isEqualTo(member.name());
    assertThat(appended.createdAt()).isEqualTo(Stores.NOON.plusMillis(123));
    assertThat(stores.log().after(member.room().id(), Seq.NONE, 10)).containsExactly(appended);
  }

  @Test
  void the_same_client_id_of_the_same_sender_in_the_same_room_is_the_first_message() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    Message first = ((Appended) append(stores, member, "first", "id")).message();

    assertThat(append(stores, member, "second", "id")).isEqualTo(new AppendedBefore(first));
    assertThat(append(stores, stores.join(member.room()), "of another", "id"))
        .isInstanceOf(Appended.class);
    assertThat(append(stores, stores.roomAndOwner(), "elsewhere", "id"))
        .isInstanceOf(Appended.class);
    assertThat(appended(stores, member, "next").seq().value()).isEqualTo(3);
  }

  @Test
  void without_a_client_id_everything_is_a_new_message() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();

    assertThat(appended(stores, member, "again").id())
        .isNotEqualTo(appended(stores, member, "again").id());
  }

  @Test
  void pages_are_read_in_both_directions_oldest_first() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    RoomId room = member.room().id();
    IntStream.rangeClosed(1, 7).forEach(i -> appended(stores, member, "m" + i));

    assertThat(seqs(stores.log().after(room, new Seq(2), 3))).containsExactly(3L, 4L, 5L);
    assertThat(seqs(stores.log().after(room, new Seq(5), 10))).containsExactly(6L, 7L);
    assertThat(seqs(stores.log().after(room, new Seq(7), 10))).isEmpty();
    assertThat(seqs(stores.log().before(room, new Seq(5), 2))).containsExactly(3L, 4L);
    assertThat(seqs(stores.log().before(room, new Seq(Long.MAX_VALUE), 2))).containsExactly(6L, 7L);
    assertThat(seqs(stores.log().before(room, new Seq(1), 2))).isEmpty();
    assertThat(stores.log().after(new RoomId(Long.MAX_VALUE), Seq.NONE, 2)).isEmpty();
  }

  @Test
  void nothing_is_appended_for_somebody_who_does_not_belong_to_the_room() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    Member removed = stores.join(member.room());
    stores.memberships().end(member.room().id(), removed.user());
    Room nowhere = new Room(new RoomId(Long.MAX_VALUE), RoomName.of("nowhere"), member.user());

    assertThat(append(stores, removed, "still here?", "a")).isEqualTo(new NotAppended());
    assertThat(append(stores, new Member(nowhere, member.user(), member.name()), "hello?", "b"))
        .isEqualTo(new NotAppended());
    assertThat(appended(stores, member, "first").seq().value()).isEqualTo(1);
  }

  @Test
  void nothing_is_appended_by_a_session_that_is_over_or_anothers() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    Member ended = stores.join(member.room());
    Message first = ((Appended) append(stores, ended, "before", "known")).message();
    assertThat(append(stores, ended, "again", "known")).isEqualTo(new AppendedBefore(first));

    stores.sessions().end(Stores.sessionOf(ended));

    assertThat(append(stores, ended, "still here?", "a")).isEqualTo(new SessionEnded());
    assertThat(append(stores, ended, "again", "known")).isEqualTo(new SessionEnded());
    assertThat(append(stores, member, Stores.sessionOf(ended), Stores.NOON, "x"))
        .isEqualTo(new SessionEnded());
    assertThat(
            append(stores, member, Stores.sessionOf(stores.join(member.room())), Stores.NOON, "y"))
        .isEqualTo(new SessionEnded());
    Instant expiry = Stores.NOON.plus(Session.LIFETIME);
    assertThat(append(stores, member, Stores.sessionOf(member), expiry, "late"))
        .isEqualTo(new SessionEnded());
    assertThat(append(stores, member, Stores.sessionOf(member), expiry.minusMillis(1), "in time"))
        .isInstanceOf(Appended.class);
    assertThat(seqs(stores.log().after(member.room().id(), Seq.NONE, 10))).containsExactly(1L, 2L);
  }

  private static Appending append(
      Stores stores, Member member, SessionId session, Instant at, String text) {
    return stores
        .log()
        .append(
            new NewMessage(
                member, session, MessageContent.of(text), MessageType.TEXT, Optional.empty(), at));
  }

  @Test
  void old_messages_show_the_name_that_their_sender_has_now() {
    Stores stores = stores();
    var added =
        stores
            .accounts()
            .add(
                EmailAddress.of(Stores.unique() + "@example.org"),
                Optional.empty(),
                Stores.HASH,
                Stores.NOON);
    Account account = ((Accounts.Added) added).account();
    Username name = Username.of(Stores.unique());
    stores.accounts().name(account.user(), name);
    Room room = stores.roomAndOwner().room();
    stores.memberships().admit(room.id(), account.user(), Stores.NOON);

    // Appended by somebody who still carries an older name.
    Member older = new Member(room, account.user(), Username.of("older-name"));
    appended(stores, stores.signedIn(account, older), "hello");

    assertThat(stores.log().after(room.id(), Seq.NONE, 1).getFirst().senderName()).isEqualTo(name);
  }

  @Test
  void many_senders_at_once_get_dense_numbers_and_each_its_own_answer() throws Exception {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    Member stranger = new Member(member.room(), stores.someone().user(), member.name());
    int senders = 16;
    int each = 10;
    List<Callable<List<Appending>>> work = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      int sender = s;
      work.add(() -> {
        List<Appending> answers = new ArrayList<>();
        for (int i = 0; i < each; i++) {
          assertThat(append(stores, stranger, "no", "x" + sender + "-" + i))
              .isEqualTo(new NotAppended());
          answers.add(append(stores, member, sender + " says " + i, sender + "-" + i));
          answers.add(append(stores, member, "again", sender + "-" + i));
        }
        return answers;
      });
    }
    List<Message> messages = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Appending>> outcome : threads.invokeAll(work)) {
        List<Appending> answers = outcome.get();
        for (int i = 0; i < answers.size(); i += 2) {
          Message message = ((Appended) answers.get(i)).message();
          assertThat(answers.get(i + 1)).isEqualTo(new AppendedBefore(message));
          messages.add(message);
        }
      }
    }
    assertThat(messages.stream().map(m -> m.seq().value()).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, senders * each).boxed().toList());
    List<Message> read = stores.log().after(member.room().id(), Seq.NONE, senders * each + 1);
    assertThat(read).containsExactlyInAnyOrderElementsOf(messages);
    assertThat(seqs(read)).isSorted();
  }

  private static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(message -> message.seq().value()).toList();
  }

  private static Message appended(Stores stores, Member member, String text) {
    var message =
        new NewMessage(
            member,
            Stores.sessionOf(member),
            MessageContent.of(text),
            MessageType.TEXT,
            Optional.empty(),
            Stores.NOON);
    return ((Appended) stores.log().append(message)).message();
  }

  private static Appending append(Stores stores, Member member, String text, String clientId) {
    return stores
        .log()
        .append(
            new NewMessage(
                member,
                Stores.sessionOf(member),
                MessageContent.of(text),
                MessageType.TEXT,
                Optional.of(ClientMessageId.of(clientId)),
                Stores.NOON));
  }
}
