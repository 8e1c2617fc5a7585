/**
 * The gateway: one public port for an HTTP server behind it and for sockets. It reads every request
 * strictly, keeps one request in flight per connection, hands those for the sockets to the engine's
 * handler and streams all others to the upstream server behind it.
 */
@NullMarked
package io.letschat.gateway;

import org.jspecify.annotations.NullMarked;
