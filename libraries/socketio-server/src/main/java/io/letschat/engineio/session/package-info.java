/** An Engine.IO session: its state, heartbeat, outbound queue and backpressure. */
@NullMarked
package io.letschat.engineio.session;

import org.jspecify.annotations.NullMarked;
