package io.letschat.application.media;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Removes what uploads left behind that never became a message; to be run now and then. */
public final class OrphanedUploadCleanup {
  /** Longer than any upload takes. */
  static final Duration AGE = Duration.ofHours(1);

  private static final int MOST = 100;

  private final Uploads uploads;
  private final FileStore store;
  private final TempFolders scratch;
  private final InstantSource clock;

  public OrphanedUploadCleanup(
      Uploads uploads, FileStore store, TempFolders scratch, InstantSource clock) {
    this.uploads = uploads;
    this.store = store;
    this.scratch = scratch;
    this.clock = clock;
  }

  public void clear() {
    Instant before = clock.instant().minus(AGE);
    scratch.sweep(before);
    List<Uploads.Stored> abandoned = uploads.abandoned(before, MOST);
    for (Uploads.Stored upload : abandoned) {
      if (store.remove(upload.key(), upload.kind())) {
        uploads.forget(upload.id());
      }
    }
  }
}
