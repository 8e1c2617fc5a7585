package io.letschat.messaging.chat;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/**
 * Whether something failed because the database is away, which is a state and no defect. The ports
 * have no word for it; the database's driver tells it by its class or state.
 */
final class Outage {
  private Outage() {}

  static boolean causes(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLTransientException
          || at instanceof SQLException sql && isAway(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** The connection; no room, memory or connections left; ended by the server or by a timeout. */
  private static boolean isAway(String state) {
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
  }
}
