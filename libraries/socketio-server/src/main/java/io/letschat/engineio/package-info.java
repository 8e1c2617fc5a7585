/**
 * Engine.IO, revisions 4 and 3: sessions over HTTP long-polling and WebSocket, upgrade, heartbeat
 * and limits. Knows nothing of Socket.IO.
 */
@NullMarked
package io.letschat.engineio;

import org.jspecify.annotations.NullMarked;
