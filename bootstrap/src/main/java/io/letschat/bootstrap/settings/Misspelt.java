package io.letschat.bootstrap.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the setting that somebody meant who wrote another name. */
public final class Misspelt {
  /** Of shorter names too many words of other programs are near. */
  private static final int SHORT_NAME = 6;

  private static final int LONG_NAME = 10;

  private Misspelt() {}

  /**
   * For a name in a file of ours, where whatever is near was probably meant for us: upper and lower
   * case aside, one slip, or two in a long name.
   */
  static Optional<String> inOurFile(String name, Collection<String> known) {
    String upper = name.toUpperCase(Locale.ROOT);
    return nearest(upper, known, upper.length() < LONG_NAME ? 1 : 2);
  }

  /**
   * For a name in the environment, where other programs have theirs: one slip, and in a short name
   * only two letters that have changed places.
   */
  static Optional<String> inTheEnvironment(String name, Collection<String> known) {
    if (name.length() < SHORT_NAME) {
      return nearest(name, known, 1)
          .filter(found -> found.length() == name.length() && haveSameLetters(found, name));
    }
    return nearest(name, known, 1);
  }

  private static boolean haveSameLetters(String one, String other) {
    return Arrays.equals(one.chars().sorted().toArray(), other.chars().sorted().toArray());
  }

  private static Optional<String> nearest(String name, Collection<String> known, int most) {
    return known.stream()
        .filter(each -> Math.abs(each.length() - name.length()) <= most)
        .filter(each -> slips(name, each) <= most)
        .min(
            Comparator.comparingInt((String each) -> slips(name, each))
                .thenComparing(each -> each));
  }

  /**
   * How many letters are missing, too many, others, or have changed places with their neighbour
   * (the optimal string alignment distance).
   */
  public static int slips(String one, String other) {
    int[][] slips = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          slips[i][j] = i + j;
          continue;
        }
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        slips[i][j] =
            Math.min(slips[i - 1][j - 1] + changed, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
        }
      }
    }
    return slips[one.length()][other.length()];
  }
}
