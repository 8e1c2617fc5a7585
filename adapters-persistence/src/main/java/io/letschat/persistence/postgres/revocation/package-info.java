/** What was ended, in Postgres. */
@NullMarked
package io.letschat.persistence.postgres.revocation;

import org.jspecify.annotations.NullMarked;
