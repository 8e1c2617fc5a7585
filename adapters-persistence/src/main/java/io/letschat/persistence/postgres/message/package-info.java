/** Messages in Postgres: many senders share a transaction. */
@NullMarked
package io.letschat.persistence.postgres.message;

import org.jspecify.annotations.NullMarked;
