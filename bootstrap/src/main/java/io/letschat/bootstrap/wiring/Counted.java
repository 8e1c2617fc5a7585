package io.letschat.bootstrap.wiring;

/** Numbers with their nouns. */
public final class Counted {
  private Counted() {}

  /** Such as {@code 1 row} and {@code 12 rows}. */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
