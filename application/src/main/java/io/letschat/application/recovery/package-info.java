/** Connections that come back: where a socket was, and how it goes on there. */
@NullMarked
package io.letschat.application.recovery;

import org.jspecify.annotations.NullMarked;
