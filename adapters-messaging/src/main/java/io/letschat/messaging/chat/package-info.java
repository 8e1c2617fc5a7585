/**
 * The chat's events, written against netty-socketio's API: what a socket may say, what it is told,
 * and who it is.
 */
@NullMarked
package io.letschat.messaging.chat;

import org.jspecify.annotations.NullMarked;
