package io.letschat.domain.room;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Text;
import io.letschat.domain.account.Password;

/** What opens a room: 1 character to 72 bytes of UTF-8, taken as typed. */
public record RoomPassword(String secret) {
  public RoomPassword {
    if (secret.isEmpty()) {
      throw new InvalidValueException("password", "Please enter the room's password.");
    }
    if (Text.utf8Length(secret) > Password.MAX_BYTES) {
      throw new InvalidValueException("password", "The room's password is longer than 72 bytes.");
    }
    if (!Text.isWellFormed(secret) || secret.indexOf('\0') >= 0) {
      throw new InvalidValueException(
          "password", "The room's password has a character that cannot be used.");
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
