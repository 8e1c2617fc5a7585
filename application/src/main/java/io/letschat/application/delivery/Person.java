package io.letschat.application.delivery;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;

/** Somebody as others see them. */
public record Person(UserId user, Username name) {}
