package io.letschat.application;

import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.Presence;
import io.letschat.application.recovery.LocalRecoveryStateStore;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.domain.limit.Limit;
import io.letschat.testkit.AccountsContract;
import io.letschat.testkit.AvatarsContract;
import io.letschat.testkit.Chat;
import io.letschat.testkit.InMemoryAvatars;
import io.letschat.testkit.MessageLogContract;
import io.letschat.testkit.OneTimeCodesContract;
import io.letschat.testkit.PresenceContract;
import io.letschat.testkit.RateLimiterContract;
import io.letschat.testkit.RecoveryStateStoreContract;
import io.letschat.testkit.RoomsContract;
import io.letschat.testkit.SessionsContract;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import io.letschat.testkit.UploadsContract;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/**
 * What the testkit and the single node keep in memory keeps the same contracts as every other
 * adapter.
 */
class InMemoryContractsTest {
  @Nested
  class AccountsInMemory extends AccountsContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class SessionsInMemory extends SessionsContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class OneTimeCodesInMemory extends OneTimeCodesContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class RoomsInMemory extends RoomsContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class MessageLogInMemory extends MessageLogContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class UploadsInMemory extends UploadsContract {
    private final Stores stores = Stores.inMemory();

    @Override
    protected Stores stores() {
      return stores;
    }
  }

  @Nested
  class AvatarsInMemory extends AvatarsContract {
    private final Stores stores = Stores.inMemory();
    private final Avatars avatars = new InMemoryAvatars();

    @Override
    protected Stores stores() {
      return stores;
    }

    @Override
    protected Avatars avatars() {
      return avatars;
    }
  }

  @Nested
  class LocalPresenceInMemory extends PresenceContract {
    private final Presence presence = new LocalPresence();

    @Override
    protected Presence presence() {
      return presence;
    }
  }

  @Nested
  class LocalRateLimiterInMemory extends RateLimiterContract {
    private final RateLimiter limiter = limiter(InstantSource.system());

    @Override
    protected RateLimiter limiter() {
      return limiter;
    }

    private static RateLimiter limiter(InstantSource clock) {
      var rates = Chat.usualLimits();
      rates.remove(Limit.UPLOAD);
      return new LocalRateLimiter(rates, clock);
    }
  }

  @Nested
  class BookmarksInMemory extends RecoveryStateStoreContract {
    private final SettableClock clock = new SettableClock(Stores.NOON);
    private final RecoveryStateStore recoveryStateStore = new LocalRecoveryStateStore(clock);

    @Override
    protected RecoveryStateStore bookmarks() {
      return recoveryStateStore;
    }

    @Override
    protected void pass(Duration duration) {
      clock.advance(duration);
    }
  }
}
