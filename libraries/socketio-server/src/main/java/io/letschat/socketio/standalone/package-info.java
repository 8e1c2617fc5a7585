/** The server's own port, for who has no HTTP server whose port it could share. */
@NullMarked
package io.letschat.socketio.standalone;

import org.jspecify.annotations.NullMarked;
