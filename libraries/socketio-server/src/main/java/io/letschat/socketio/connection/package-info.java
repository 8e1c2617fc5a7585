/** A client's connection: CONNECT, the order of its packets, and draining at shutdown. */
@NullMarked
package io.letschat.socketio.connection;

import org.jspecify.annotations.NullMarked;
