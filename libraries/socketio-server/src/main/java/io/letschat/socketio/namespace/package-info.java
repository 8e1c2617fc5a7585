/** Namespaces, the sockets in them, rooms and acknowledgements. */
@NullMarked
package io.letschat.socketio.namespace;

import org.jspecify.annotations.NullMarked;
