package io.letschat.persistence.postgres.migration;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Brings the schema to the version that this program works with, and one step back. Any number of
 * processes may do so at once: the first one works, the others wait for it and find nothing left to
 * do.
 *
 * <p>The scripts are on the class path: {@code V<version>__<name>.sql} in {@code
 * <folder>/migration}, and how to undo each in {@code <folder>/undo/U<version>__<name>.sql}, a
 * folder that Flyway does not read.
 */
public final class Migrations {
  private static final String FOLDER = "db";

  /** How long a process waits for another one's migration, in tries of one second. */
  private static final int SECONDS_TO_WAIT = 30 * 60;

  private final DataSource database;
  private final String folder;

  /** The chat's own migrations. */
  public Migrations(DataSource database) {
    this(database, FOLDER);
  }

  Migrations(DataSource database, String folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * Applies what is missing, each script in a transaction of its own, and brings the names that an
   * earlier program has written up to date.
   *
   * @return how many scripts were applied
   * @throws DatabaseRefused when the database cannot be reached or is not fit for it
   * @throws MigrationRefused when a script fails, or when the database has a history that is not
   *     this program's
   */
  public int migrate() {
    int applied = migrate(flyway(MigrationVersion.LATEST));
    if (folder.equals(FOLDER)) {
      new NameUpgrade(database).run();
    }
    return applied;
  }

  /**
   * As {@link #migrate()}, but stops after {@code version}; for a backup that an earlier program
   * made.
   */
  public int migrateTo(String version) {
    return migrate(flyway(MigrationVersion.fromVersion(version)));
  }

  /** The version of the schema; empty when nothing was applied yet. */
  public Optional<String> version() {
    return Optional.ofNullable(flyway(MigrationVersion.LATEST).info().current())
        .map(current -> current.getVersion().getVersion());
  }

  /** Whether this program knows the way to {@code version}. */
  public boolean knows(String version) {
    MigrationVersion wanted = MigrationVersion.fromVersion(version);
    return Arrays.stream(flyway(MigrationVersion.LATEST).info().all())
        .anyMatch(migration ->
            wanted.equals(migration.getVersion()) && migration.getState().isResolved());
  }

  /**
   * What {@link #rollback} would do, found by doing it and taking that back in the same
   * transaction.
   *
   * @return empty when there is nothing to undo
   * @throws MigrationRefused when it is the first migration, when there is no undo script for it,
   *     or when the script fails
   */
  public Optional<RollbackPlan> planRollback() {
    return new Rollback(database, folder + "/undo").plan();
  }

  /**
   * Undoes the migration that was applied last, in one transaction.
   *
   * @throws MigrationRefused when that is another one meanwhile, and as {@link #planRollback}
   */
  public void rollback(RollbackPlan plan) {
    new Rollback(database, folder + "/undo").last(plan.script());
  }

  private int migrate(Flyway flyway) {
    try {
      checkRequirements(flyway);
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayValidateException e) {
      throw new MigrationRefused(whyNot(flyway, e), e);
    } catch (FlywayException e) {
      if (String.valueOf(e.getMessage()).contains("non-empty schema")) {
        throw new DatabaseRefused(DatabaseRequirements.foreignObjects(), e);
      }
      throw new MigrationRefused("The database could not be migrated: " + e.getMessage(), e);
    }
  }

  private void checkRequirements(Flyway flyway) {
    DatabaseFacts facts = DatabaseRequirements.check(database);
    if (facts.firstScript() == null) {
      return;
    }
    String script = folder + "/migration/" + facts.firstScript();
    if (Migrations.class.getClassLoader().getResource(script) == null) {
      throw new DatabaseRefused(DatabaseRequirements.foreign(facts));
    }
    if (flyway.info().pending().length > 0) {
      Optional<String> immovable = DatabaseRequirements.immovable(facts);
      if (immovable.isPresent()) {
        throw new DatabaseRefused(immovable.get());
      }
    }
  }

  private static String whyNot(Flyway flyway, FlywayValidateException e) {
    Optional<MigrationInfo> unknown =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> !migration.getState().isResolved())
            .findFirst();
    return unknown
        .map(migration ->
            "The database was migrated to version "
                + migration.getVersion()
                + " by a newer LetsChat, which this one does not know; start the newer one.")
        .orElse(
            "The scripts that were applied to the database are not those of this LetsChat: "
                + e.getMessage());
  }

  private Flyway flyway(MigrationVersion target) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:" + folder + "/migration")
            .target(target)
            .loggers("slf4j")
            .cleanDisabled(true)
            .ignoreMigrationPatterns(new String[0])
            .failOnMissingLocations(true)
            .lockRetryCount(SECONDS_TO_WAIT);
    // With its lock in an open transaction `create index concurrently` would wait for Flyway for
    // ever.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }
}
