/** Sending messages, reading them again, and bringing them to a room's listeners in order. */
@NullMarked
package io.letschat.application.message;

import org.jspecify.annotations.NullMarked;
