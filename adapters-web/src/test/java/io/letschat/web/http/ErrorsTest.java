package io.letschat.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
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
  void only_what_the_database_cannot_do_at_the_moment_is_worth_another_try(
      String state, String why, boolean unreachable) {
    var wrapped = new IllegalStateException(new SQLException(why, state));

    assertThat(Errors.isUnreachableStore(wrapped)).isEqualTo(unreachable);
  }
}
