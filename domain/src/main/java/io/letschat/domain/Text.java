package io.letschat.domain;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** Questions about text that several values ask. */
public final class Text {
  /** What names have where a keyboard gives {@code '}. */
  public static final char APOSTROPHE = '\u2019';

  private Text() {}

  /** The form in which names and addresses are stored: NFKC and trimmed of white space. */
  public static String tidied(String text) {
    return trimmed(Normalizer.normalize(text, Normalizer.Form.NFKC));
  }

  /**
   * The form in which addresses are compared: {@link #tidied} and lower-cased without regard to a
   * locale.
   */
  public static String key(String text) {
    // Lower-casing can leave text that is not NFKC any more, such as I with a dot above.
    return Normalizer.normalize(tidied(text).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  /**
   * The form in which names are compared: {@link #tidied}, case folded in full (Unicode, section
   * 3.13), and with one apostrophe for both that keyboards have.
   */
  public static String nameKey(String text) {
    return Normalizer.normalize(folded(tidied(text)), Normalizer.Form.NFKC)
        .replace('\'', APOSTROPHE);
  }

  private static String folded(String text) {
    var folded = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c == 'ı') {
            // Its capital is that of i, to which it does not fold.
            folded.appendCodePoint(c);
            return;
          }
          // One by one, for a sigma knows where a word ends, and a key must not.
          Character.toString(c)
              .toLowerCase(Locale.ROOT)
              .toUpperCase(Locale.ROOT)
              .codePoints()
              .forEach(upper -> folded.append(Character.toString(upper).toLowerCase(Locale.ROOT)));
        });
    return folded.toString();
  }

  /**
   * Without the white space at both ends, in any script: no-break spaces and the byte order mark,
   * which JavaScript trims too, are white space here.
   */
  public static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** No space has a code point above U+FFFF. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  public static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The length in bytes as UTF-8; a lone surrogate counts as one byte. */
  public static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** True if every surrogate has its partner: only then does the text survive UTF-8. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * True if the text has a control character, or one that reorders or hides what stands around it.
   */
  public static boolean hasControls(String text) {
    return text.codePoints()
        .anyMatch(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR,
                  Character.PRIVATE_USE ->
                  true;
              // An emoji that a phone knows before the JDK does is none.
              case Character.UNASSIGNED -> !Character.isExtendedPictographic(c);
              case Character.FORMAT -> c != 0x200D && c != 0x200C;
              default -> false;
            });
  }
}
