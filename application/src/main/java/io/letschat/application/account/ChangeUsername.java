package io.letschat.application.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
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
  private final NameListener names;
  private final ClusterBus others;

  /**
   * @param names those that are shown on this node
   */
  public ChangeUsername(Accounts accounts, NameListener names, ClusterBus others) {
    this.accounts = accounts;
    this.names = names;
    this.others = others;
  }

  public Result change(AuthenticatedUser who, Username username) {
    try {
      return accounts.rename(who.user(), username) ? new Changed(username) : new Taken();
    } finally {
      // Also when it is not known whether it was written: whoever hears of it looks.
      names.renamed(who.user());
      others.announce(new ClusterEvent.Renamed(who.user()));
    }
  }
}
