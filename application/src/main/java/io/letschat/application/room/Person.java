package io.letschat.application.room;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;

/** Somebody as others see them. */
public record Person(UserId user, Username name) {}
