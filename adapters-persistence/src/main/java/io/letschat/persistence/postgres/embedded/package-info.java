/** The PostgreSQL that comes with the program: its names, its backup and its restore. */
@NullMarked
package io.letschat.persistence.postgres.embedded;

import org.jspecify.annotations.NullMarked;
