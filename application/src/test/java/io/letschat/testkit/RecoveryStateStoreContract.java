package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.application.recovery.StreamOffset;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every {@link RecoveryStateStore} keeps. */
public abstract class RecoveryStateStoreContract {
  /** Longer than a test takes. */
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final RecoveryState ADAS =
      new RecoveryState(
          new RecoveryState.Key(new UserId(1), "a-secret"),
          "first",
          "f3b1c9a0-0000-4000-8000-000000000001",
          "README",
          Optional.of(StreamOffset.ofMessage(new RoomId(7), new Seq(3))),
          Optional.of(new RecoveryState.Join(new RoomId(8), "0123456789ab")),
          List.of(
              new RecoveryState.Place(new RoomId(7), new RoomEpoch("one"), new Seq(4), new Seq(9)),
              new RecoveryState.Place(
                  new RoomId(8), new RoomEpoch("another one"), Seq.NONE, Seq.NONE)));

  /** An empty one, the same during a test. */
  protected abstract RecoveryStateStore bookmarks();

  /** Time passes, in the eyes of the store. */
  protected abstract void pass(Duration duration);

  private RecoveryStateStore.Claim claim(String holder) {
    return bookmarks().claim(ADAS.key(), holder);
  }

  @Test
  void what_was_kept_is_claimed_as_it_was() {
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(RecoveryStateStore.Saving.DONE);

    assertThat(claim("second")).isEqualTo(new RecoveryStateStore.Claimed(ADAS.heldBy("second")));
  }

  @Test
  void one_that_says_as_little_as_possible_is_kept_too() {
    var little =
        new RecoveryState(
            ADAS.key(), "first", "a-socket", "", Optional.empty(), Optional.empty(), List.of());
    bookmarks().keep(little, LONG);

    assertThat(claim("first")).isEqualTo(new RecoveryStateStore.Claimed(little));
  }

  @Test
  void the_holder_changes_what_is_kept() {
    bookmarks().keep(ADAS, LONG);
    RecoveryState changed = ADAS.in(new RoomId(8)::equals);
    assertThat(bookmarks().keep(changed, LONG)).isEqualTo(RecoveryStateStore.Saving.DONE);

    assertThat(claim("first")).isEqualTo(new RecoveryStateStore.Claimed(changed));
  }

  @Test
  void nobody_else_finds_it() {
    bookmarks().keep(ADAS, LONG);

    assertThat(bookmarks().claim(new RecoveryState.Key(new UserId(2), "a-secret"), "second"))
        .isEqualTo(new RecoveryStateStore.NotThere());
    assertThat(bookmarks().claim(new RecoveryState.Key(new UserId(1), "another"), "second"))
        .isEqualTo(new RecoveryStateStore.NotThere());
  }

  @Test
  void after_a_claim_it_is_the_new_holders_and_nobody_elses_until_that_one_keeps_it() {
    bookmarks().keep(ADAS, LONG);
    claim("second");

    assertThat(claim("third")).isEqualTo(new RecoveryStateStore.NotThere());
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(RecoveryStateStore.Saving.TAKEN);
    assertThat(bookmarks().renew(List.of(ADAS), LONG))
        .containsExactly(RecoveryStateStore.Saving.TAKEN);
    bookmarks().drop(ADAS);

    assertThat(bookmarks().keep(ADAS.heldBy("second"), LONG))
        .isEqualTo(RecoveryStateStore.Saving.DONE);
    assertThat(claim("third")).isEqualTo(new RecoveryStateStore.Claimed(ADAS.heldBy("third")));
  }

  @Test
  void of_many_who_claim_it_at_once_one_succeeds() {
    bookmarks().keep(ADAS, LONG);
    var claims = new ConcurrentLinkedQueue<RecoveryStateStore.Claim>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        String holder = "holder-" + i;
        threads.submit(() -> claims.add(claim(holder)));
      }
    }
    assertThat(claims).hasSize(12);
    assertThat(claims.stream().filter(RecoveryStateStore.Claimed.class::isInstance)).hasSize(1);
    assertThat(claims.stream().filter(RecoveryStateStore.NotThere.class::isInstance)).hasSize(11);
  }

  @Test
  void what_is_not_renewed_in_time_is_gone() {
    bookmarks().keep(ADAS, SHORT);
    pass(SHORT);

    assertThat(claim("second")).isEqualTo(new RecoveryStateStore.NotThere());
    assertThat(bookmarks().renew(List.of(ADAS), LONG))
        .containsExactly(RecoveryStateStore.Saving.GONE);
    assertThat(bookmarks().keep(ADAS.heldBy("second"), LONG))
        .isEqualTo(RecoveryStateStore.Saving.DONE);
  }

  @Test
  void what_is_renewed_stays() {
    RecoveryState other =
        new RecoveryState(
            new RecoveryState.Key(new UserId(2), "unknown"),
            "first",
            "a-socket",
            "README",
            Optional.empty(),
            Optional.empty(),
            List.of());
    bookmarks().keep(ADAS, SHORT);
    assertThat(bookmarks().renew(List.of(other, ADAS), LONG))
        .containsExactly(RecoveryStateStore.Saving.GONE, RecoveryStateStore.Saving.DONE);
    pass(SHORT);

    assertThat(claim("second")).isInstanceOf(RecoveryStateStore.Claimed.class);
  }

  @Test
  void an_older_one_that_a_store_fell_back_to_is_not_renewed() {
    bookmarks().keep(ADAS.in(new RoomId(7)::equals), LONG);

    assertThat(bookmarks().renew(List.of(ADAS), LONG))
        .containsExactly(RecoveryStateStore.Saving.GONE);
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(RecoveryStateStore.Saving.DONE);
    assertThat(bookmarks().renew(List.of(ADAS), LONG))
        .containsExactly(RecoveryStateStore.Saving.DONE);
  }

  @Test
  void what_was_dropped_is_gone() {
    bookmarks().keep(ADAS, LONG);
    bookmarks().drop(ADAS);

    assertThat(claim("second")).isEqualTo(new RecoveryStateStore.NotThere());
    assertThat(bookmarks().renew(List.of(), LONG)).isEmpty();
  }
}
