/**
 * The cluster bus over Redis: events and control messages between nodes, and requests of Node
 * servers that share the relay.
 */
@NullMarked
package io.letschat.messaging.cluster;

import org.jspecify.annotations.NullMarked;
