package io.letschat.application.account;

import io.letschat.application.account.session.AuthenticatedUser;

/**
 * The rule that rooms are joined only by those whose address is verified, where the owner of the
 * server wants it ({@code REQUIRE_VERIFIED_EMAIL}). Who is a member already stays one.
 */
public final class EmailVerificationPolicy {
  private final boolean required;
  private final Accounts accounts;

  public EmailVerificationPolicy(boolean required, Accounts accounts) {
    this.required = required;
    this.accounts = accounts;
  }

  /** Asks again about those who were not verified when they came: sockets stay open for long. */
  public boolean admits(AuthenticatedUser who) {
    return !required
        || who.account().verified()
        || accounts.find(who.account().id()).filter(account -> account.verified()).isPresent();
  }
}
