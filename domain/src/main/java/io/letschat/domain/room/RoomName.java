package io.letschat.domain.room;

import io.letschat.domain.Confusables;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.NameRules;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;

/**
 * What a room is called. Whoever gives a room a name keeps to the rules, {@link #of}; a name that
 * is kept already is whatever was allowed when it was chosen.
 */
public record RoomName(String text) {
  public static final int MAX_CODE_POINTS = 500;
  private static final int MOST = 100;
  private static final String FIELD = "room";

  /**
   * Reads what somebody chose for a room: 1 to 100 characters as people count them (grapheme
   * clusters), of which at least one can be seen and none is a control character; at most 500 code
   * points, and 8 marks in a row. White space around it is dropped.
   *
   * @throws InvalidValueException if it cannot be a room's name
   */
  public static RoomName of(String typed) {
    RoomName name = typed(typed);
    name.check();
    return name;
  }

  /**
   * What somebody typed to find a room, which may be there since the rules were others.
   *
   * @throws InvalidValueException if no room can ever have had this name
   */
  public static RoomName typed(String typed) {
    String text = Text.tidied(typed);
    if (text.isEmpty()) {
      throw invalid(Sentence.of("room-name.missing"));
    }
    if (!Text.isWellFormed(text) || text.indexOf('\0') >= 0) {
      throw unusable();
    }
    if (Text.codePoints(text) > MAX_CODE_POINTS) {
      throw tooLong();
    }
    return new RoomName(text);
  }

  /** A name that was chosen before, by the rules of then. */
  public static RoomName stored(String text) {
    return new RoomName(text);
  }

  /**
   * Whether a room can be given this name today.
   *
   * @throws InvalidValueException if not
   */
  public void check() {
    if (!NameRules.isLine(text)) {
      throw unusable();
    }
    if (!NameRules.isVisible(text)) {
      throw invalid(Sentence.of("room-name.invisible"));
    }
    if (NameRules.hasPiledMarks(text)) {
      throw invalid(Sentence.of("room-name.piled-marks"));
    }
    if (Text.codePoints(text) > MAX_CODE_POINTS || NameRules.graphemes(text) > MOST) {
      throw tooLong();
    }
  }

  private static InvalidValueException unusable() {
    return invalid(Sentence.of("room-name.unusable"));
  }

  private static InvalidValueException tooLong() {
    return new InvalidValueException(FIELD, Sentence.of("room-name.too-long").with("most", MOST));
  }

  private static InvalidValueException invalid(Sentence sentence) {
    return new InvalidValueException(FIELD, sentence);
  }

  /** Two rooms never have the same key. */
  public String key() {
    return Text.nameKey(text);
  }

  /** Whether people could take the one for the other; see {@link Confusables}. */
  public boolean looksLike(RoomName other) {
    return Confusables.areConfusable(text, other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
