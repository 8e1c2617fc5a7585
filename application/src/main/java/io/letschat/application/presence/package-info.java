/** Who is in a room right now, and who is typing. */
@NullMarked
package io.letschat.application.presence;

import org.jspecify.annotations.NullMarked;
