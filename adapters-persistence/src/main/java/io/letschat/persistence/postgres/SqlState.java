package io.letschat.persistence.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;

/** What the database said is wrong: five characters, the first two of which are a class. */
public final class SqlState {
  public static final String UNIQUE_VIOLATION = "23505";

  private SqlState() {}

  /** The state of the database's own exception among the causes. */
  public static Optional<String> of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        return Optional.of(sql.getSQLState());
      }
    }
    return Optional.empty();
  }

  /**
   * Whether it failed because the database cannot be reached or cannot do it just now: the
   * connection; no room, memory or connections left; ended by the server or by a timeout.
   */
  static boolean isOutage(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLTransientException
          || at instanceof SQLException sql && isAway(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(String state) {
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
  }
}
