/** For tests with a PostgreSQL, in this module and in others. */
@NullMarked
package io.letschat.embeddedpostgres.testing;

import org.jspecify.annotations.NullMarked;
