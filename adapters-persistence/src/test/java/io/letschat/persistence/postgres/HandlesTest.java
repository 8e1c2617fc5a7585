package io.letschat.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.letschat.application.StoreUnavailable;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlesTest {
  private static final Database DATABASE = Database.open(SharedPostgres.emptyDatabase());

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  /** Appendix A of PostgreSQL's manual. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "08006, the connection broke, true",
    "53100, its disk is full, true",
    "53300, it has no connection left, true",
    "57014, a statement took too long, true",
    "57P01, an administrator ended it, true",
    "23505, a value is there already, false",
    "42601, the statement is wrong, false",
  })
  void only_what_the_database_cannot_do_at_the_moment_is_an_outage(
      String state, String why, boolean outage) {
    String raising =
        "do $$ begin raise exception '%s' using errcode = '%s'; end $$".formatted(why, state);

    Throwable inStatement =
        catchThrowable(() -> DATABASE.handles().useHandle(handle -> handle.execute(raising)));
    Throwable inTransaction =
        catchThrowable(() -> DATABASE.handles().inTransaction(handle -> handle.execute(raising)));

    assertThat(inStatement).hasMessageContaining(why);
    assertThat(inStatement instanceof StoreUnavailable).isEqualTo(outage);
    assertThat(inTransaction instanceof StoreUnavailable).isEqualTo(outage);
  }
}
