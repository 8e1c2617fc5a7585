package io.letschat.testkit;

import io.letschat.application.sentence.Sentences;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A language for tests: the sentences in English with accents on their letters and in brackets, so
 * that whatever is said beside the catalogue shows.
 */
public final class PseudoLanguage {
  /** Gaps and tags stay as they are. */
  private static final Pattern WORDS = Pattern.compile("([^{<&]+)|\\{[a-z_]+}|<[^>]*>|&");

  private static final String PLAIN = "aceinouyACEINOUY";
  private static final String ACCENTED = "áčéíňóúýÁČÉÍŇÓÚÝ";

  private PseudoLanguage() {}

  /** All sentences, as in {@code ⟦Pléásé wáít {seconds} séčóňds.⟧}. */
  public static Sentences sentences() {
    Map<String, String> pseudo = new TreeMap<>(Sentences.english().startingWith(""));
    pseudo.replaceAll(
        (key, sentence) -> key.startsWith("plural.") ? sentence : "⟦" + accented(sentence) + "⟧");
    return new Sentences("en-XA", pseudo);
  }

  private static String accented(String sentence) {
    return WORDS
        .matcher(sentence)
        .replaceAll(part ->
            Matcher.quoteReplacement(
                part.group(1) == null ? part.group() : withAccents(part.group())));
  }

  private static String withAccents(String words) {
    var accented = new StringBuilder(words);
    for (int i = 0; i < words.length(); i++) {
      int plain = PLAIN.indexOf(words.charAt(i));
      if (plain >= 0) {
        accented.setCharAt(i, ACCENTED.charAt(plain));
      }
    }
    return accented.toString();
  }
}
