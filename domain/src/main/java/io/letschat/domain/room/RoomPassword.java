package io.letschat.domain.room;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;
import io.letschat.domain.account.Password;

/** What opens a room: 1 character to 72 bytes of UTF-8, taken as typed. */
public record RoomPassword(String secret) {
  public RoomPassword {
    if (secret.isEmpty()) {
      throw new InvalidValueException("password", Sentence.of("room-password.missing"));
    }
    if (Text.utf8Length(secret) > Password.MAX_BYTES) {
      throw new InvalidValueException(
          "password", Sentence.of("room-password.too-long").with("most", Password.MAX_BYTES));
    }
    if (!Text.isWellFormed(secret) || secret.indexOf('\0') >= 0) {
      throw new InvalidValueException("password", Sentence.of("room-password.unusable"));
    }
  }

  /**
   * @throws InvalidValueException if it is empty, too long, or has a NUL or half a surrogate pair
   */
  public static RoomPassword of(String typed) {
    return new RoomPassword(Password.fitting(typed));
  }

  @Override
  public String toString() {
    return "RoomPassword[hidden]";
  }
}
