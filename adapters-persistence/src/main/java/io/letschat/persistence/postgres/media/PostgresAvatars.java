package io.letschat.persistence.postgres.media;

import io.letschat.application.media.Avatars;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import io.letschat.persistence.postgres.Handles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

final class PostgresAvatars implements Avatars {
  private record Named(UserId user, ObjectName name) {}

  private final Handles handles;

  PostgresAvatars(Handles handles) {
    this.handles = handles;
  }

  @Override
  public void put(UserId user, Avatar avatar, Instant now) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into avatars (user_id, file_key, media_type, content, created_at)
                values (:user, :key, :type, :content, :now)
                on conflict (user_id) do update
                set file_key = :key, media_type = :type, content = :content, created_at = :now
                """)
            .bind("user", user.value())
            .bind("key", avatar.key().value())
            .bind("type", avatar.kind().mediaType())
            .bind("content", avatar.content())
            .bind("now", now)
            .execute());
  }

  @Override
  public void remove(UserId user) {
    handles.useHandle(handle ->
        handle
            .createUpdate("delete from avatars where user_id = :user")
            .bind("user", user.value())
            .execute());
  }

  @Override
  public Map<UserId, ObjectName> of(Collection<UserId> users) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select user_id, file_key, media_type from avatars where user_id = any(:users)")
            .bindArray("users", Long.class, users.stream().map(UserId::value).toArray())
            .map((row, context) ->
                new Named(
                    new UserId(row.getLong("user_id")),
                    ObjectName.of(new FileKey(row.getString("file_key")), kind(row))))
            .collect(Collectors.toMap(Named::user, Named::name)));
  }

  @Override
  public Optional<Avatar> find(ObjectName name) {
    return handles
        .withHandle(handle ->
            handle
                .createQuery(
                    "select file_key, media_type, content from avatars where file_key = :key")
                .bind("key", name.key().value())
                .map((row, context) ->
                    new Avatar(
                        new FileKey(row.getString("file_key")), kind(row), row.getBytes("content")))
                .findOne())
        .filter(avatar -> avatar.name().equals(name));
  }

  private static FileKind kind(ResultSet row) throws SQLException {
    String type = row.getString("media_type");
    return FileKind.withMediaType(type).orElseThrow(() -> new SQLException("media type " + type));
  }
}
