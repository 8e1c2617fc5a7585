package io.letschat.persistence.postgres.message;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A message, the name its sender has now, and the file it shares, read from {@code messages m join
 * users u left join uploads f}.
 */
final class MessageRow {
  static final String COLUMNS =
      "m.id, m.room_id, m.seq, m.user_id, u.username, m.content, m.message_type,"
          + " m.client_message_id, m.created_at, "
          + FileColumns.ALL;

  private MessageRow() {}

  static Message read(ResultSet row) throws SQLException {
    String type = row.getString("message_type");
    return new Message(
        new MessageId(row.getLong("id")),
        new RoomId(row.getLong("room_id")),
        new Seq(row.getLong("seq")),
        new UserId(row.getLong("user_id")),
        Username.stored(row.getString("username")),
        new MessageContent(row.getString("content")),
        MessageType.named(type).orElseThrow(() -> new SQLException("message type " + type)),
        Optional.ofNullable(row.getString("client_message_id")).map(ClientMessageId::new),
        FileColumns.read(row),
        Times.read(row, "created_at"));
  }
}
