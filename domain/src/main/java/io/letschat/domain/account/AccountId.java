package io.letschat.domain.account;

/** The credentials of a person; never leaves the server. */
public record AccountId(long value) {}
