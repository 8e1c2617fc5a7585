package io.letschat.socketio;

/**
 * Given as the last argument of an event, it says where in the stream the event stands. A client
 * that takes offsets gets it as a string behind the other arguments and gives the latest one back
 * when it reconnects; the others get the event without it.
 */
public record RecoveryOffset(String value) {}
