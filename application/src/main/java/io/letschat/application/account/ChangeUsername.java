package io.letschat.application.account;

import io.letschat.domain.account.Username;

/**
 * Somebody takes another name. Whatever they said before shows it too, for messages keep who said
 * them and not how they were called.
 */
public final class ChangeUsername {
  public sealed interface Result {}

  public record Changed(Username username) implements Result {}

  public record Taken() implements Result {}

  private final Accounts accounts;

  public ChangeUsername(Accounts accounts) {
    this.accounts = accounts;
  }

  public Result change(SignedIn who, Username username) {
    return accounts.rename(who.user(), username) ? new Changed(username) : new Taken();
  }
}
