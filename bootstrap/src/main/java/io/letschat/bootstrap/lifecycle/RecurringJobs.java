package io.letschat.bootstrap.lifecycle;

import com.google.inject.Injector;
import io.letschat.application.Scheduler;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.media.OrphanedUploadCleanup;
import io.letschat.application.presence.DisplayNames;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.revocation.Revocations;
import java.time.Duration;
import java.time.InstantSource;

/** What a node does again and again, whether it is alone or not. */
final class RecurringJobs {
  private static final Duration CLEANUP = Duration.ofHours(1);

  private RecurringJobs() {}

  static void begin(Injector injector, Scheduler scheduler) {
    var enforce = injector.getInstance(EnforceRevocations.class);
    enforce.enforce();
    scheduler.every(EnforceRevocations.PAUSE, enforce::enforce);
    scheduler.every(DisplayNames.PAUSE, injector.getInstance(DisplayNames.class)::compare);
    scheduler.every(CLEANUP, cleanup(injector));
  }

  /** Removes what has expired from the database, and uploads that never became messages. */
  private static Runnable cleanup(Injector injector) {
    var sessions = injector.getInstance(Sessions.class);
    var codes = injector.getInstance(OneTimeCodes.class);
    var revocations = injector.getInstance(Revocations.class);
    var uploads = injector.getInstance(OrphanedUploadCleanup.class);
    var clock = injector.getInstance(InstantSource.class);
    return () -> {
      sessions.forgetExpired(clock.instant());
      codes.forgetExpired(clock.instant());
      revocations.forget(clock.instant().minus(Revocations.KEPT));
      uploads.clear();
    };
  }
}
