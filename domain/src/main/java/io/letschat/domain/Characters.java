package io.letschat.domain;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What code points are to the eye, in any script. */
final class Characters {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** First and last code points of Default_Ignorable_Code_Point, of which no new ones come. */
  private static final int[][] IGNORABLE = {
    {0xAD, 0xAD},
    {0x34F, 0x34F},
    {0x61C, 0x61C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}
  };

  /**
   * Blank though Unicode calls them letters or signs: of Braille, of Egyptian, of music, and what
   * stands for an object that is not there.
   */
  private static final Set<Integer> BLANK = Set.of(0x2800, 0x13441, 0x13442, 0x1D159, 0xFFFC);

  /** In these a joiner between two letters says how they are written. */
  private static final Set<UnicodeScript> WITH_JOINERS =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.BENGALI,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.KANNADA,
          UnicodeScript.KHMER,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.SYRIAC,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU);

  /** The flag of a part of a country (UTS 51, ED-14a). */
  private static final Pattern TAGGED_FLAG =
      Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

  private Characters() {}

  /** Nothing is shown for it unless it changes what stands beside it. */
  static boolean isIgnorable(int c) {
    for (int[] range : IGNORABLE) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }

  static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  static boolean isLetter(int c) {
    return (Character.isLetter(c) || Character.getType(c) == Character.LETTER_NUMBER)
        && !isIgnorable(c)
        && !BLANK.contains(c);
  }

  /** By itself it leaves ink: a letter, a digit, a sign, an emoji, also one of tomorrow. */
  static boolean isVisible(int c) {
    return !isIgnorable(c)
        && !BLANK.contains(c)
        && !isMark(c)
        && !Character.isSpaceChar(c)
        && isText(c);
  }

  /** Something that is written, and neither a control nor of a meaning that nobody knows. */
  static boolean isText(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          false;
      // Unicode keeps places for the emoji to come, and a phone may know more of them than a JDK.
      case Character.UNASSIGNED -> Character.isExtendedPictographic(c);
      default -> true;
    };
  }

  static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }

  /** Without the tags that belong to a flag; whatever tags are left hide a text. */
  static String withoutFlagTags(String text) {
    return TAGGED_FLAG.matcher(text).replaceAll("\uD83C\uDFF4");
  }

  /**
   * Whether the code point at {@code i}, which is ignorable, belongs to how a word is written in
   * the script before it: a joiner, an ideograph's variant, a Mongolian letter's form.
   */
  static boolean belongsToScript(int[] text, int i) {
    int c = text[i];
    if (i == 0) {
      return false;
    }
    UnicodeScript before = UnicodeScript.of(text[i - 1]);
    if (isJoiner(c)) {
      return WITH_JOINERS.contains(before)
          && i + 1 < text.length
          && before == UnicodeScript.of(text[i + 1]);
    }
    return c >= 0xE0100 && c <= 0xE01EF && Character.isIdeographic(text[i - 1])
        || c >= 0x180B && c <= 0x180F && before == UnicodeScript.MONGOLIAN;
  }
}
