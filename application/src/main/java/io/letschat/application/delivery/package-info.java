/**
 * Fan-out: how what happens reaches everybody who is to hear of it, the sockets of this node in
 * order and the other nodes by the cluster bus.
 */
@NullMarked
package io.letschat.application.delivery;

import org.jspecify.annotations.NullMarked;
