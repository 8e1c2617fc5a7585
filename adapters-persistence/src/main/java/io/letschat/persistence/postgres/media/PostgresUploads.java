package io.letschat.persistence.postgres.media;

import io.letschat.application.media.Uploads;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Handles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresUploads implements Uploads {
  private static final String STORED =
      "select f.id, f.room_id, f.file_key, f.file_name, f.media_type from uploads f ";

  private final Handles handles;

  PostgresUploads(Handles handles) {
    this.handles = handles;
  }

  @Override
  public UploadId begin(NewUpload upload) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                """
                insert into uploads
                  (room_id, user_id, file_key, file_name, media_type, byte_size, width, height,
                   created_at)
                values (:room, :user, :key, :name, :type, :bytes, :width, :height, :now)
                returning id
                """)
            .bind("room", upload.room().value())
            .bind("user", upload.user().value())
            .bind("key", upload.key().value())
            .bind("name", upload.name().text())
            .bind("type", upload.kind().mediaType())
            .bind("bytes", upload.bytes())
            .bind("width", upload.size().map(Dimensions::width))
            .bind("height", upload.size().map(Dimensions::height))
            .bind("now", upload.createdAt())
            .map((row, context) -> new UploadId(row.getLong("id")))
            .one());
  }

  @Override
  public void placed(UploadId id, String url, Optional<String> thumbnailUrl) {
    handles.useHandle(handle ->
        handle
            .createUpdate("update uploads set url = :url, thumbnail_url = :small where id = :id")
            .bind("url", url)
            .bind("small", thumbnailUrl)
            .bind("id", id.value())
            .execute());
  }

  @Override
  public void forget(UploadId id) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                """
                delete from uploads
                where id = :id and not exists (select from messages where upload_id = :id)
                """)
            .bind("id", id.value())
            .execute());
  }

  @Override
  public Optional<Stored> find(FileKey key) {
    return handles.withHandle(handle ->
        handle
            .createQuery(STORED + "where f.file_key = :key")
            .bind("key", key.value())
            .map((row, context) -> stored(row))
            .findOne());
  }

  @Override
  public List<Stored> abandoned(Instant before, int most) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                STORED
                    + """
                    where f.created_at < :before
                      and not exists (select from messages m where m.upload_id = f.id)
                    order by f.created_at
                    limit :most
                    """)
            .bind("before", before)
            .bind("most", most)
            .map((row, context) -> stored(row))
            .list());
  }

  private static Stored stored(ResultSet row) throws SQLException {
    String type = row.getString("media_type");
    return new Stored(
        new UploadId(row.getLong("id")),
        new RoomId(row.getLong("room_id")),
        new FileKey(row.getString("file_key")),
        new FileName(row.getString("file_name")),
        FileKind.withMediaType(type).orElseThrow(() -> new SQLException("media type " + type)));
  }
}
