/** PostgreSQL, whoever runs it. */
@NullMarked
package io.letschat.persistence.postgres;

import org.jspecify.annotations.NullMarked;
