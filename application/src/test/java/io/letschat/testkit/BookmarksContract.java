package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.application.recovery.Offset;
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

/** What every {@link Bookmarks} keeps. */
public abstract class BookmarksContract {
  /** Longer than a test takes. */
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final Bookmark ADAS =
      new Bookmark(
          new Bookmark.Key(new UserId(1), "a-secret"),
          "first",
          "f3b1c9a0-0000-4000-8000-000000000001",
          "README",
          Optional.of(Offset.ofMessage(new RoomId(7), new Seq(3))),
          Optional.of(new Bookmark.Join(new RoomId(8), "0123456789ab")),
          List.of(
              new Bookmark.Place(new RoomId(7), new RoomEpoch("one"), new Seq(4), new Seq(9)),
              new Bookmark.Place(new RoomId(8), new RoomEpoch("another one"), Seq.NONE, Seq.NONE)));

  /** An empty one, the same during a test. */
  protected abstract Bookmarks bookmarks();

  /** Time passes, in the eyes of the store. */
  protected abstract void pass(Duration duration);

  private Bookmarks.Claim claim(String holder) {
    return bookmarks().claim(ADAS.key(), holder);
  }

  @Test
  void what_was_kept_is_claimed_as_it_was() {
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(Bookmarks.Outcome.DONE);

    assertThat(claim("second")).isEqualTo(new Bookmarks.Claimed(ADAS.heldBy("second")));
  }

  @Test
  void one_that_says_as_little_as_possible_is_kept_too() {
    var little =
        new Bookmark(
            ADAS.key(), "first", "a-socket", "", Optional.empty(), Optional.empty(), List.of());
    bookmarks().keep(little, LONG);

    assertThat(claim("first")).isEqualTo(new Bookmarks.Claimed(little));
  }

  @Test
  void the_holder_changes_what_is_kept() {
    bookmarks().keep(ADAS, LONG);
    Bookmark changed = ADAS.in(new RoomId(8)::equals);
    assertThat(bookmarks().keep(changed, LONG)).isEqualTo(Bookmarks.Outcome.DONE);

    assertThat(claim("first")).isEqualTo(new Bookmarks.Claimed(changed));
  }

  @Test
  void nobody_else_finds_it() {
    bookmarks().keep(ADAS, LONG);

    assertThat(bookmarks().claim(new Bookmark.Key(new UserId(2), "a-secret"), "second"))
        .isEqualTo(new Bookmarks.NotThere());
    assertThat(bookmarks().claim(new Bookmark.Key(new UserId(1), "another"), "second"))
        .isEqualTo(new Bookmarks.NotThere());
  }

  @Test
  void after_a_claim_it_is_the_new_holders_and_nobody_elses_until_that_one_keeps_it() {
    bookmarks().keep(ADAS, LONG);
    claim("second");

    assertThat(claim("third")).isEqualTo(new Bookmarks.NotThere());
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(Bookmarks.Outcome.TAKEN);
    assertThat(bookmarks().renew(List.of(ADAS), LONG)).containsExactly(Bookmarks.Outcome.TAKEN);
    bookmarks().drop(ADAS);

    assertThat(bookmarks().keep(ADAS.heldBy("second"), LONG)).isEqualTo(Bookmarks.Outcome.DONE);
    assertThat(claim("third")).isEqualTo(new Bookmarks.Claimed(ADAS.heldBy("third")));
  }

  @Test
  void of_many_who_claim_it_at_once_one_succeeds() {
    bookmarks().keep(ADAS, LONG);
    var claims = new ConcurrentLinkedQueue<Bookmarks.Claim>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        String holder = "holder-" + i;
        threads.submit(() -> claims.add(claim(holder)));
      }
    }
    assertThat(claims).hasSize(12);
    assertThat(claims.stream().filter(Bookmarks.Claimed.class::isInstance)).hasSize(1);
    assertThat(claims.stream().filter(Bookmarks.NotThere.class::isInstance)).hasSize(11);
  }

  @Test
  void what_is_not_renewed_in_time_is_gone() {
    bookmarks().keep(ADAS, SHORT);
    pass(SHORT);

    assertThat(claim("second")).isEqualTo(new Bookmarks.NotThere());
    assertThat(bookmarks().renew(List.of(ADAS), LONG)).containsExactly(Bookmarks.Outcome.GONE);
    assertThat(bookmarks().keep(ADAS.heldBy("second"), LONG)).isEqualTo(Bookmarks.Outcome.DONE);
  }

  @Test
  void what_is_renewed_stays() {
    Bookmark other =
        new Bookmark(
            new Bookmark.Key(new UserId(2), "unknown"),
            "first",
            "a-socket",
            "README",
            Optional.empty(),
            Optional.empty(),
            List.of());
    bookmarks().keep(ADAS, SHORT);
    assertThat(bookmarks().renew(List.of(other, ADAS), LONG))
        .containsExactly(Bookmarks.Outcome.GONE, Bookmarks.Outcome.DONE);
    pass(SHORT);

    assertThat(claim("second")).isInstanceOf(Bookmarks.Claimed.class);
  }

  @Test
  void an_older_one_that_a_store_fell_back_to_is_not_renewed() {
    bookmarks().keep(ADAS.in(new RoomId(7)::equals), LONG);

    assertThat(bookmarks().renew(List.of(ADAS), LONG)).containsExactly(Bookmarks.Outcome.GONE);
    assertThat(bookmarks().keep(ADAS, LONG)).isEqualTo(Bookmarks.Outcome.DONE);
    assertThat(bookmarks().renew(List.of(ADAS), LONG)).containsExactly(Bookmarks.Outcome.DONE);
  }

  @Test
  void what_was_dropped_is_gone() {
    bookmarks().keep(ADAS, LONG);
    bookmarks().drop(ADAS);

    assertThat(claim("second")).isEqualTo(new Bookmarks.NotThere());
    assertThat(bookmarks().renew(List.of(), LONG)).isEmpty();
  }
}
