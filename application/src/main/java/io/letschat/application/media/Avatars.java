package io.letschat.application.media;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The small pictures of people. A new picture has a new name, so that a name can be kept. Every
 * method may throw {@link StoreUnavailable}.
 */
public interface Avatars {
  /** Replaces the picture that the user may have had. */
  void put(UserId user, Avatar avatar, Instant now);

  /** Without effect if the user has none. */
  void remove(UserId user);

  /** The pictures' names, of those who have one. */
  Map<UserId, ObjectName> of(Collection<UserId> users);

  Optional<Avatar> find(ObjectName name);

  /**
   * @param content at most 512 KiB
   */
  record Avatar(FileKey key, FileKind kind, byte[] content) {
    public ObjectName name() {
      return ObjectName.of(key, kind);
    }
  }
}
