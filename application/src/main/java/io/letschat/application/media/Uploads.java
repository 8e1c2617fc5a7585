package io.letschat.application.media;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who uploaded what to which room. An upload is noted before its bytes go to the store, so that
 * whatever happens then, nothing lies there that nobody knows of.
 *
 * <p>Every method may throw {@link StoreUnavailable}.
 */
public interface Uploads {
  UploadId begin(NewUpload upload);

  /** Notes where the file can be found; from now on a message can be about it. */
  void placed(UploadId id, String url, Optional<String> thumbnailUrl);

  /** Without effect if a message is about it. */
  void forget(UploadId id);

  /** What is stored under this key. */
  Optional<Stored> find(FileKey key);

  /** Uploads from before that time which no message is about, oldest first. */
  List<Stored> abandoned(Instant before, int most);

  record NewUpload(
      RoomId room,
      UserId user,
      FileKey key,
      FileName name,
      FileKind kind,
      long bytes,
      Optional<Dimensions> size,
      Instant createdAt) {}

  record Stored(UploadId id, RoomId room, FileKey key, FileName name, FileKind kind) {}
}
