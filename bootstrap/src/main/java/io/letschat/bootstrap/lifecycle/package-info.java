/** Startup checks, the running server, and graceful shutdown. */
@NullMarked
package io.letschat.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;
