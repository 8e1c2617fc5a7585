/** Who uploaded what, in PostgreSQL. */
@NullMarked
package io.letschat.persistence.postgres.media;

import org.jspecify.annotations.NullMarked;
