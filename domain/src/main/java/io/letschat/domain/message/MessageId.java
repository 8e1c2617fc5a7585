package io.letschat.domain.message;

/** Names a message among all rooms. Says nothing about order; {@link Seq} does. */
public record MessageId(long value) {}
