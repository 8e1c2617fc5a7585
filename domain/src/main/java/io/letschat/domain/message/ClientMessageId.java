package io.letschat.domain.message;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;

/**
 * The sender's own name for a message, 1 to 64 code points, unique per room and sender. It makes
 * sending again safe: the same id always means the same message.
 */
public record ClientMessageId(String value) {
  private static final int MAX_CODE_POINTS = 64;

  public ClientMessageId {
    if (value.isEmpty()
        || Text.codePoints(value) > MAX_CODE_POINTS
        || !Text.isWellFormed(value)
        || value.indexOf('\0') >= 0) {
      throw new InvalidValueException(
          "client_message_id",
          Sentence.of("client-message-id.length").with("most", MAX_CODE_POINTS));
    }
  }

  /**
   * @throws InvalidValueException if it is empty, too long, or has a NUL or half a surrogate pair
   */
  public static ClientMessageId of(String sent) {
    return new ClientMessageId(sent);
  }
}
