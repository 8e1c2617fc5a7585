package io.letschat.domain.message;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Text;

/**
 * The sender's own name for a message, 1 to 64 code points, unique per room and sender. It makes
 * sending again safe: the same id always means the same message.
 */
public record ClientMessageId(String value) {
  public ClientMessageId {
    if (value.isEmpty()
        || Text.codePoints(value) > 64
        || !Text.isWellFormed(value)
        || value.indexOf('\0') >= 0) {
      throw new InvalidValueException(
          "client_message_id", "client_message_id has 1 to 64 characters.");
    }
  }

  /**
   * @throws InvalidValueException if it is empty, too long, or has a NUL or half a surrogate pair
   */
  public static ClientMessageId of(String sent) {
    return new ClientMessageId(sent);
  }
}
