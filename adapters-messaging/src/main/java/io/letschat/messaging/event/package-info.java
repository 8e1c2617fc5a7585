/** The handlers of the events that a socket may send. */
@NullMarked
package io.letschat.messaging.event;

import org.jspecify.annotations.NullMarked;
