/** The chat's events. */
@NullMarked
package io.letschat.messaging.chat;

import org.jspecify.annotations.NullMarked;
