package io.letschat.persistence.postgres.message;

import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The file that a message shares, read from {@code left join uploads f}. */
final class FileColumns {
  static final String ALL =
      "f.id as file_id, f.file_name, f.media_type, f.byte_size, f.width, f.height, f.thumbnail_url";

  private FileColumns() {}

  static Optional<Attachment> read(ResultSet row) throws SQLException {
    long id = row.getLong("file_id");
    if (row.wasNull()) {
      return Optional.empty();
    }
    String type = row.getString("media_type");
    return Optional.of(
        new Attachment(
            new UploadId(id),
            new FileName(row.getString("file_name")),
            FileKind.withMediaType(type).orElseThrow(() -> new SQLException("media type " + type)),
            row.getLong("byte_size"),
            size(row),
            Optional.ofNullable(row.getString("thumbnail_url"))));
  }

  private static Optional<Dimensions> size(ResultSet row) throws SQLException {
    int width = row.getInt("width");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new Dimensions(width, row.getInt("height")));
  }
}
