/**
 * The front: one public port for the pages and for the sockets. It reads every request strictly,
 * keeps one request in flight per connection, hands those for the sockets to the engine's handler
 * and streams all others to the pages' server behind it.
 */
@NullMarked
package io.letschat.gateway;

import org.jspecify.annotations.NullMarked;
