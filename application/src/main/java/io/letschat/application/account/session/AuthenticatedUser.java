package io.letschat.application.account.session;

import io.letschat.domain.account.Account;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.UserId;

/** Somebody whose session is live: what a use case takes when it wants to know who asks. */
public record AuthenticatedUser(Session session, Account account) {
  public UserId user() {
    return account.user();
  }
}
