package io.letschat.testkit;

import io.letschat.application.media.Avatars;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.ObjectName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Avatars} in memory. */
public final class InMemoryAvatars implements Avatars {
  private final Map<UserId, Avatar> avatars = new LinkedHashMap<>();

  @Override
  public synchronized void put(UserId user, Avatar avatar, Instant now) {
    avatars.put(user, avatar);
  }

  @Override
  public synchronized void remove(UserId user) {
    avatars.remove(user);
  }

  @Override
  public synchronized Map<UserId, ObjectName> of(Collection<UserId> users) {
    Map<UserId, ObjectName> names = new LinkedHashMap<>();
    avatars.forEach((user, avatar) -> {
      if (users.contains(user)) {
        names.put(user, avatar.name());
      }
    });
    return names;
  }

  @Override
  public synchronized Optional<Avatar> find(ObjectName name) {
    return avatars.values().stream().filter(avatar -> avatar.name().equals(name)).findFirst();
  }
}
