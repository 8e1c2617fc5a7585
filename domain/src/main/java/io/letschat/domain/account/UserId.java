package io.letschat.domain.account;

/** A person as the others see them; {@code user_id} on the wire. */
public record UserId(long value) {}
