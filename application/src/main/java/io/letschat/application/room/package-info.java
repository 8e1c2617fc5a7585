/** Entering, leaving and looking after rooms. */
@NullMarked
package io.letschat.application.room;

import org.jspecify.annotations.NullMarked;
