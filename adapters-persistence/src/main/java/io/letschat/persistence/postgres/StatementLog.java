package io.letschat.persistence.postgres;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every statement and its time at level debug, for whoever sets the level of this class. What was
 * bound stays out: there are hashes and people's messages among it.
 */
final class StatementLog implements SqlLogger {
  private static final Logger log = LoggerFactory.getLogger(StatementLog.class);

  @Override
  public void logAfterExecution(StatementContext context) {
    if (log.isDebugEnabled()) {
      log.debug("{} µs: {}", context.getElapsedTime(ChronoUnit.MICROS), sql(context));
    }
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    if (log.isDebugEnabled()) {
      log.debug("{} after: {}", failure.getSQLState(), sql(context));
    }
  }

  private static String sql(StatementContext context) {
    return String.valueOf(context.getRenderedSql()).replaceAll("\\s+", " ").strip();
  }
}
