package io.letschat.domain;

import java.util.regex.Pattern;

/** What holds for every name when it is chosen. */
public final class NameRules {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final int MOST_MARKS_IN_A_ROW = 8;

  private NameRules() {}

  /** What people count as characters: extended grapheme clusters (UAX 29). */
  public static int graphemes(String text) {
    return (int) GRAPHEME.matcher(text).results().count();
  }

  /** Whether so many marks stand on one letter that they cover the lines around it. */
  public static boolean hasPiledMarks(String text) {
    int inARow = 0;
    for (int c : text.codePoints().toArray()) {
      inARow = Characters.isMark(c) && !Characters.isIgnorable(c) ? inARow + 1 : 0;
      if (inARow > MOST_MARKS_IN_A_ROW) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is anything to see. */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(Characters::isVisible);
  }

  /** Letters of any script with their marks, digits, {@code _ . - ’}, and nothing else. */
  public static boolean isWord(String text) {
    int[] codePoints = text.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      int c = codePoints[i];
      boolean fits =
          Characters.isLetter(c)
              || Character.isDigit(c)
              || "_.-\u2019".indexOf(c) >= 0
              || isMarkOfLetter(codePoints, i)
              || Characters.belongsToScript(codePoints, i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMarkOfLetter(int[] text, int i) {
    return i > 0
        && Characters.isMark(text[i])
        && Character.getType(text[i]) != Character.ENCLOSING_MARK
        && !Characters.isIgnorable(text[i])
        && (Characters.isLetter(text[i - 1])
            || Characters.isMark(text[i - 1])
            || Characters.isIgnorable(text[i - 1]));
  }

  /** One line of text in any script, emoji included, without anything that hides or reorders. */
  public static boolean isLine(String text) {
    return Characters.withoutFlagTags(text)
        .codePoints()
        .allMatch(c -> Characters.isText(c) || Characters.isJoiner(c));
  }
}
