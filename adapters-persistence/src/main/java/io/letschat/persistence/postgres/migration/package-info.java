/** Flyway migrations, their rollback, and what a database must be like to be migrated. */
@NullMarked
package io.letschat.persistence.postgres.migration;

import org.jspecify.annotations.NullMarked;
