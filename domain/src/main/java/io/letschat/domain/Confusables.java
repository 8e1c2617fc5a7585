package io.letschat.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which names look the same, by the skeletons of UTS 39, section 4. The table is Unicode's; {@code
 * domain/tools/WriteConfusables.java} wrote it.
 */
public final class Confusables {
  private Confusables() {}

  /** The table, read when the first name is looked at. */
  private static final class Table {
    static final Map<Integer, String> PROTOTYPES = read();

    private static Map<Integer, String> read() {
      Map<Integer, String> prototypes = new HashMap<>();
      try (InputStream table =
              Objects.requireNonNull(Confusables.class.getResourceAsStream("confusables.txt"));
          var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
        lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", -1))
            .forEach(codes -> {
              var prototype = new StringBuilder();
              for (int i = 1; i < codes.length; i++) {
                prototype.appendCodePoint(Integer.parseInt(codes[i], 16));
              }
              prototypes.put(Integer.parseInt(codes[0], 16), prototype.toString());
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return prototypes;
    }
  }

  /** What UTS 39 calls the skeleton: the same for texts that look the same, and no text to show. */
  public static String skeleton(String text) {
    var skeleton = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> !Characters.isIgnorable(c))
        .forEach(c -> {
          String prototype = Table.PROTOTYPES.get(c);
          if (prototype == null) {
            skeleton.appendCodePoint(c);
          } else {
            skeleton.append(prototype);
          }
        });
    return Normalizer.normalize(skeleton, Normalizer.Form.NFD);
  }

  /**
   * A name looks like another one if they have one of these in common: the skeleton as it is
   * written, in any case, and the skeleton of its key. Only the one sees that a Cyrillic {@code В}
   * is like {@code B}, and only the other that {@code Ада} is like {@code ada}. Empty for a name
   * that cannot be seen.
   */
  public static SortedSet<String> skeletons(String name) {
    SortedSet<String> skeletons = new TreeSet<>();
    skeletons.add(Text.nameKey(skeleton(Text.tidied(name))));
    skeletons.add(skeleton(Text.nameKey(name)));
    skeletons.remove("");
    return skeletons;
  }

  /** Whether a name is written with ASCII alone, the apostrophe of the key counted as one of it. */
  public static boolean isAscii(String name) {
    return name.chars().allMatch(c -> c < 0x80 || c == Text.APOSTROPHE);
  }

  /** Whether the one can be taken for the other; never of two in ASCII, which people tell apart. */
  public static boolean areConfusable(String one, String other) {
    return !(isAscii(one) && isAscii(other))
        && !Collections.disjoint(skeletons(one), skeletons(other));
  }
}
