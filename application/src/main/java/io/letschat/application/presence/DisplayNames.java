package io.letschat.application.presence;

import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.delivery.cluster.NameListener;
import io.letschat.domain.account.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the names of {@link LocalRoster} what the accounts say. Whoever took another name is looked
 * up at once, and the rooms are told; the news may be lost, so that everybody has to be looked up
 * every {@link #PAUSE}, too.
 */
public final class DisplayNames implements NameListener {
  /** How often {@link #compare} has to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int COMPARED_AT_ONCE = 1000;

  private final LocalRoster people;
  private final Accounts accounts;
  private final RoomPresence presence;
  private final Scheduler scheduler;

  /** Held while names are read and taken over: an older one never follows a newer one. */
  private final ReentrantLock lock = new ReentrantLock();

  public DisplayNames(
      LocalRoster people, Accounts accounts, RoomPresence presence, Scheduler scheduler) {
    this.people = people;
    this.accounts = accounts;
    this.presence = presence;
    this.scheduler = scheduler;
  }

  @Override
  public void renamed(UserId user) {
    if (people.has(user)) {
      scheduler.after(Duration.ZERO, () -> look(List.of(user)));
    }
  }

  /** Looks up everybody who is here, a thousand at once. */
  public void compare() {
    List<UserId> all = people.all();
    for (int from = 0; from < all.size(); from += COMPARED_AT_ONCE) {
      look(all.subList(from, Math.min(all.size(), from + COMPARED_AT_ONCE)));
    }
  }

  private void look(List<UserId> users) {
    lock.lock();
    try {
      accounts
          .names(users)
          .forEach((user, name) ->
              people.called(user, name).forEach(room -> presence.changed(room, false)));
    } finally {
      lock.unlock();
    }
  }
}
