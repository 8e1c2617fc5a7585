package io.letschat.application.media;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.ObjectName;
import java.util.Optional;

/** Somebody looks at a file that was shared in a room. */
public final class OpenFile {
  /**
   * @param content to be closed by the caller
   */
  public record Opened(FileName name, LocalFiles.Content content) {}

  private final RoomAccess access;
  private final Uploads uploads;
  private final LocalFiles files;

  public OpenFile(RoomAccess access, Uploads uploads, LocalFiles files) {
    this.access = access;
    this.uploads = uploads;
    this.files = files;
  }

  /** Empty alike for what is not there and for what was shared in rooms of others. */
  public Optional<Opened> open(AuthenticatedUser who, ObjectName name) {
    return uploads
        .find(name.key())
        .filter(stored -> access.member(who, stored.room()).isPresent())
        .flatMap(stored -> files.open(name).map(content -> new Opened(stored.name(), content)));
  }
}
