/**
 * What any HTTP/1.1 server on Netty needs and Netty leaves out: one request in flight for each
 * connection, reads that several parties may pause, and a probe for half-closed clients.
 */
@NullMarked
package io.letschat.netty.http;

import org.jspecify.annotations.NullMarked;
