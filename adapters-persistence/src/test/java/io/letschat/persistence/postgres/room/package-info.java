@NullMarked
package io.letschat.persistence.postgres.room;

import org.jspecify.annotations.NullMarked;
