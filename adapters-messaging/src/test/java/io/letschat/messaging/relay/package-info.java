/** The wire between nodes. */
@NullMarked
package io.letschat.messaging.relay;

import org.jspecify.annotations.NullMarked;
