package io.letschat.domain.account;

import io.letschat.domain.Confusables;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.NameRules;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;
import java.util.Set;

/**
 * The name that others see. Whoever chooses one keeps to the rules, {@link #of}; a name that is
 * kept already is whatever was allowed when it was chosen.
 */
public record Username(String text) {
  public static final int MAX_CODE_POINTS = 120;
  private static final int FEWEST = 2;
  private static final int MOST = 30;

  /** What mentions everybody cannot be somebody. */
  private static final Set<String> RESERVED = Set.of("room", "here", "all");

  /**
   * Reads what somebody chose: 2 to 30 characters as people count them (grapheme clusters), letters
   * of any script with their marks, digits and {@code _ . - ’}; at most 120 code points, and 8
   * marks in a row. White space around it is dropped, and {@code '} is taken as {@code ’}.
   *
   * @throws InvalidValueException if it is no username
   */
  public static Username of(String typed) {
    Username name = typed(typed);
    String text = name.text();
    if (text.isEmpty()) {
      throw invalid(Sentence.of("username.missing"));
    }
    if (!Text.isWellFormed(text) || !NameRules.isWord(text)) {
      throw invalid(Sentence.of("username.characters"));
    }
    int length = NameRules.graphemes(text);
    if (length < FEWEST || length > MOST) {
      throw invalid(Sentence.of("username.length").with("fewest", FEWEST).with("most", MOST));
    }
    if (Text.codePoints(text) > MAX_CODE_POINTS || NameRules.hasPiledMarks(text)) {
      throw invalid(Sentence.of("username.piled-marks"));
    }
    if (RESERVED.contains(name.key())
        || RESERVED.stream().anyMatch(word -> Confusables.areConfusable(text, word))) {
      throw invalid(Sentence.of("username.reserved"));
    }
    return name;
  }

  /** What somebody typed to say who they are already; no rule holds for it. */
  public static Username typed(String typed) {
    return new Username(Text.tidied(typed).replace('\'', Text.APOSTROPHE));
  }

  /** A name that was chosen before, by the rules of then. */
  public static Username stored(String text) {
    return new Username(text);
  }

  private static InvalidValueException invalid(Sentence sentence) {
    return new InvalidValueException("username", sentence);
  }

  /** Two usernames with the same key are the same name. */
  public String key() {
    return Text.nameKey(text);
  }

  /** Whether people could take the one for the other; see {@link Confusables}. */
  public boolean looksLike(Username other) {
    return Confusables.areConfusable(text, other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
