/** Socket.IO packets, decoded and encoded. */
@NullMarked
package io.letschat.socketio.packet;

import org.jspecify.annotations.NullMarked;
