/** Backup of an embedded PostgreSQL to a file, and restore from it, also by a later version. */
@NullMarked
package io.letschat.embeddedpostgres.backup;

import org.jspecify.annotations.NullMarked;
