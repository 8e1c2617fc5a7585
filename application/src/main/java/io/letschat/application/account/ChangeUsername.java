package io.letschat.application.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.cluster.NameListener;
import io.letschat.domain.account.Username;

/**
 * Somebody takes another name. Whatever they said before shows it too, for messages keep who said
 * them and not how they were called; so does, from now on, what comes through open sockets.
 */
public final class ChangeUsername {
  public sealed interface Result {}

  public record Changed(Username username) implements Result {}

  public record Taken() implements Result {}

  private final Accounts accounts;
  private final NameListener watch;

  public ChangeUsername(Accounts accounts, NameListener watch) {
    this.accounts = accounts;
    this.watch = watch;
  }

  public Result change(AuthenticatedUser who, Username username) {
    try {
      return accounts.rename(who.user(), username) ? new Changed(username) : new Taken();
    } finally {
      // Also when it is not known whether it was written: whoever hears of it looks.
      watch.renamed(who.user());
    }
  }
}
