/** The transport by WebSocket, and the upgrade to it. */
@NullMarked
package io.letschat.engineio.websocket;

import org.jspecify.annotations.NullMarked;
