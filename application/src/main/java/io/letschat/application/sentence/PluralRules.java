package io.letschat.application.sentence;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which form a whole number takes in a language, in the words of the Unicode CLDR (UTS 35, part 3,
 * 5): {@code n % 10 = 2..4 and n % 100 != 12..14 or n = 0}. What is said there of the digits after
 * the point ({@code v}, {@code f}, …) is said of whole numbers too, which have none.
 */
record PluralRules(Map<String, LongPredicate> forms) {
  static final String PREFIX = "plural.";

  private static final Pattern RELATION =
      Pattern.compile("([niveftwc])\\s*(?:%\\s*(\\d+)\\s*)?(!?=)\\s*([\\d.,\\s]+)");

  /**
   * @param rules such as {@code plural.one} and {@code n = 1}
   */
  static PluralRules of(Map<String, String> rules) {
    var forms = new TreeMap<String, LongPredicate>();
    rules.forEach((key, rule) -> forms.put(key.substring(PREFIX.length()), anyOf(rule)));
    return new PluralRules(forms);
  }

  String form(long number) {
    return forms.entrySet().stream()
        .filter(form -> form.getValue().test(number))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("other");
  }

  private static LongPredicate anyOf(String rule) {
    return Arrays.stream(rule.split("\\bor\\b"))
        .map(PluralRules::allOf)
        .reduce(number -> false, LongPredicate::or);
  }

  private static LongPredicate allOf(String rule) {
    return Arrays.stream(rule.split("\\band\\b"))
        .map(PluralRules::relation)
        .reduce(number -> true, LongPredicate::and);
  }

  private static LongPredicate relation(String written) {
    Matcher relation = RELATION.matcher(written.strip());
    if (!relation.matches()) {
      throw new IllegalArgumentException("not a rule for plurals: " + written);
    }
    boolean whole = relation.group(1).equals("n") || relation.group(1).equals("i");
    String modulus = relation.group(2);
    boolean equal = relation.group(3).equals("=");
    LongPredicate listed = listed(relation.group(4));
    return number -> {
      long operand = whole ? number : 0;
      return equal == listed.test(modulus == null ? operand : operand % Long.parseLong(modulus));
    };
  }

  private static LongPredicate listed(String ranges) {
    return Arrays.stream(ranges.split(","))
        .map(range -> range.strip().split("\\.\\."))
        .<LongPredicate>map(ends -> {
          long least = Long.parseLong(ends[0]);
          long most = Long.parseLong(ends[ends.length - 1]);
          return number -> least <= number && number <= most;
        })
        .reduce(number -> false, LongPredicate::or);
  }
}
