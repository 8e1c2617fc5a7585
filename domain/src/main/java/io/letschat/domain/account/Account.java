package io.letschat.domain.account;

import java.util.Optional;

/** One person's account and the one user that belongs to it. */
public record Account(
    AccountId id, UserId user, EmailAddress email, Optional<Username> username, boolean verified) {}
