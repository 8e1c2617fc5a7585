package io.letschat.application.sentence;

import io.letschat.domain.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of one language, by their keys. A gap is written {@code {name}}; nothing else means
 * anything but itself. Where a language has forms for numbers, the key is followed by a dot and the
 * form that the number takes, as CLDR names it: {@code rooms.members.one}, {@code
 * rooms.members.other}. When a form is taken, the file itself says: {@code plural.one = n = 1}.
 */
public final class Sentences {
  private static final Pattern GAP = Pattern.compile("\\{([a-z_]+)}");
  private static final Sentences ENGLISH = read("en");

  private final String language;
  private final SortedMap<String, String> catalogue;
  private final PluralRules pluralRules;

  /**
   * @param language as pages name it (BCP 47), such as {@code en}
   */
  public Sentences(String language, Map<String, String> catalogue) {
    this.language = language;
    this.catalogue = new TreeMap<>(catalogue);
    this.pluralRules = PluralRules.of(startingWith(PluralRules.PREFIX));
  }

  /** The language that all sentences are there in. */
  public static Sentences english() {
    return ENGLISH;
  }

  private static Sentences read(String language) {
    var file = new Properties();
    try (InputStream in = Sentences.class.getResourceAsStream(language + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("there are no sentences in " + language);
      }
      file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var catalogue = new TreeMap<String, String>();
    file.forEach((key, sentence) -> catalogue.put(key.toString(), sentence.toString()));
    return new Sentences(language, catalogue);
  }

  public String language() {
    return language;
  }

  /** What is said; the key itself, where nobody wrote a sentence. */
  public String of(Sentence sentence) {
    return GAP.matcher(form(sentence))
        .replaceAll(gap -> Matcher.quoteReplacement(filled(gap, sentence)));
  }

  /** A sentence without gaps. */
  public String of(String key) {
    return of(Sentence.of(key));
  }

  private static String filled(MatchResult gap, Sentence sentence) {
    return sentence.gaps().getOrDefault(gap.group(1), gap.group()).toString();
  }

  private String form(Sentence sentence) {
    return sentence.gaps().values().stream()
        .filter(Long.class::isInstance)
        .map(Long.class::cast)
        .findFirst()
        .map(number -> catalogue.get(sentence.key() + "." + pluralRules.form(number)))
        .orElseGet(() -> catalogue.getOrDefault(sentence.key(), sentence.key()));
  }

  /** The sentences whose keys begin so, as they are written, for whoever fills the gaps himself. */
  public SortedMap<String, String> startingWith(String prefix) {
    return catalogue.subMap(prefix, prefix + Character.MAX_VALUE);
  }
}
