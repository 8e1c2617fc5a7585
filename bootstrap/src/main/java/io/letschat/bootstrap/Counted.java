package io.letschat.bootstrap;

/** Numbers with their nouns. */
final class Counted {
  private Counted() {}

  /** Such as {@code 1 row} and {@code 12 rows}. */
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
