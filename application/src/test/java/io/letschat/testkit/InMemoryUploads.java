package io.letschat.testkit;

import io.letschat.application.media.Uploads;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.UploadId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Uploads} in memory. */
public final class InMemoryUploads implements Uploads {
  private record Row(NewUpload upload, Optional<String> url) {}

  private final InMemoryMessageLog log;
  private final Map<UploadId, Row> rows = new LinkedHashMap<>();
  private long lastId;

  /**
   * @param log knows which uploads there are messages about
   */
  public InMemoryUploads(InMemoryMessageLog log) {
    this.log = log;
  }

  @Override
  public synchronized UploadId begin(NewUpload upload) {
    var id = new UploadId(++lastId);
    rows.put(id, new Row(upload, Optional.empty()));
    return id;
  }

  @Override
  public synchronized void placed(UploadId id, String url, Optional<String> thumbnailUrl) {
    rows.computeIfPresent(id, (same, row) -> new Row(row.upload, Optional.of(url)));
  }

  @Override
  public synchronized void forget(UploadId id) {
    if (!log.isAbout(id)) {
      rows.remove(id);
    }
  }

  @Override
  public synchronized Optional<Stored> find(FileKey key) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().upload.key().equals(key))
        .findFirst()
        .map(row -> stored(row.getKey(), row.getValue().upload));
  }

  @Override
  public synchronized List<Stored> abandoned(Instant before, int most) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().upload.createdAt().isBefore(before))
        .filter(row -> !log.isAbout(row.getKey()))
        .limit(most)
        .map(row -> stored(row.getKey(), row.getValue().upload))
        .toList();
  }

  /** How many there are, whether anything is about them or not. */
  public synchronized int count() {
    return rows.size();
  }

  private static Stored stored(UploadId id, NewUpload upload) {
    return new Stored(id, upload.room(), upload.key(), upload.name(), upload.kind());
  }
}
