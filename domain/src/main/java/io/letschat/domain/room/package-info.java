/** What a room is, and what its name and password may be. */
@NullMarked
package io.letschat.domain.room;

import org.jspecify.annotations.NullMarked;
