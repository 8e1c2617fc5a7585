/**
 * Packets of Socket.IO between nodes, over Redis, as Node's {@code @socket.io/redis-adapter} 8
 * sends them. Knows nothing of the chat.
 */
@NullMarked
package io.letschat.messaging.relay;

import org.jspecify.annotations.NullMarked;
