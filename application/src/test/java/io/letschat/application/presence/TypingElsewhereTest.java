package io.letschat.application.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.InMemorySubscribers;
import io.letschat.testkit.ManualScheduler;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that was killed never said that its people had stopped typing. */
class TypingElsewhereTest {
  private static final RoomId ROOM = new RoomId(7);
  private static final Person BOB = new Person(new UserId(2), Username.of("bob"));
  private static final RoomEvent.UserTyping TYPING = new RoomEvent.UserTyping(ROOM, BOB);
  private static final RoomEvent.UserStoppedTyping STOPPED =
      new RoomEvent.UserStoppedTyping(ROOM, BOB);
  private static final Duration NEARLY = Typing.LASTS.minusMillis(1);

  private final ManualScheduler scheduler = new ManualScheduler(new SettableClock(Stores.NOON));
  private final InMemorySubscribers audience = new InMemorySubscribers();
  private final TestConnection adas = new TestConnection("adas", new UserId(1));
  private final TypingElsewhere elsewhere = new TypingElsewhere(audience, scheduler);

  @BeforeEach
  void ada_listens() {
    audience.add(ROOM, adas);
  }

  @Test
  void who_is_not_heard_to_stop_has_stopped_five_seconds_after_the_last_key() {
    elsewhere.started(TYPING);
    scheduler.pass(NEARLY);
    elsewhere.started(TYPING);
    scheduler.pass(NEARLY);
    assertThat(adas.received()).containsExactly(TYPING, TYPING);

    scheduler.pass(Duration.ofMillis(1));
    assertThat(adas.received()).containsExactly(TYPING, TYPING, STOPPED);
  }

  @Test
  void who_was_heard_to_stop_does_not_stop_again() {
    elsewhere.started(TYPING);
    elsewhere.stopped(STOPPED);
    scheduler.pass(Typing.LASTS.multipliedBy(2));

    assertThat(adas.received()).containsExactly(TYPING, STOPPED);
  }
}
