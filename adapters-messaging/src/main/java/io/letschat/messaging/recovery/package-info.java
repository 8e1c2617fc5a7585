/** Connection state recovery: a socket that reconnects gets its rooms back and what it missed. */
@NullMarked
package io.letschat.messaging.recovery;

import org.jspecify.annotations.NullMarked;
