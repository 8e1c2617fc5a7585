/**
 * Socket.IO, revision 5 (and 4 for Engine.IO 3), behind the API of netty-socketio: namespaces,
 * listeners, rooms and acks are the library's, everything below is ours.
 */
@NullMarked
package io.letschat.socketio;

import org.jspecify.annotations.NullMarked;
