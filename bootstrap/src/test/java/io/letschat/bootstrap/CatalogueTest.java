package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.sentence.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of sentences against the keys in the sources, and against itself. */
class CatalogueTest {
  private static final Pattern KEY =
      Pattern.compile("(?:[sS]entences?\\.of|\\b(?:say|html))\\(\\s*\"([^\"]+)\"");

  private static final Pattern FORM = Pattern.compile("\\.(zero|one|two|few|many|other)$");

  private static final SortedMap<String, String> ENGLISH = Sentences.english().startingWith("");

  @Test
  void every_key_in_the_sources_has_a_sentence_and_every_sentence_is_said() throws IOException {
    Set<String> said = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(CatalogueTest::speaks).toList()) {
        KEY.matcher(Files.readString(file)).results().map(key -> key.group(1)).forEach(said::add);
      }
    }
    assertThat(keys()).isEqualTo(said);
  }

  /** A text with a capital letter and more than one word, or an end, is one that people read. */
  @Test
  void scripts_say_nothing_of_their_own() throws IOException {
    Pattern own = Pattern.compile("[\"'`][A-Z][a-z]+(?: [a-z$]|[.\u2026])[^\"'`]*[\"'`]");
    try (Stream<Path> files = Files.walk(Path.of("../adapters-web/src/main/resources"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".js")).toList()) {
        assertThat(own.matcher(Files.readString(file)).results().map(found -> found.group()))
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  private static boolean speaks(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/")
        && !path.contains("/target/")
        && !path.contains("/node_modules/")
        // What it says, it says to operators.
        && !path.contains("/bootstrap/")
        && (path.endsWith(".java") || path.endsWith(".jte") || path.endsWith(".js"));
  }

  private static Set<String> keys() {
    return ENGLISH.keySet().stream()
        .filter(key -> !key.startsWith("plural."))
        .map(key -> FORM.matcher(key).replaceFirst(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void a_sentence_that_has_forms_for_numbers_has_all_of_its_language() {
    Set<String> forms =
        Stream.concat(
                ENGLISH.keySet().stream().filter(key -> key.startsWith("plural.")),
                Stream.of("plural.other"))
            .map(key -> key.substring("plural.".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    var given = new TreeMap<String, Set<String>>();
    ENGLISH.keySet().stream()
        .filter(key -> !key.startsWith("plural."))
        .map(FORM::matcher)
        .filter(form -> form.find())
        .forEach(form ->
            given
                .computeIfAbsent(form.replaceFirst(""), key -> new TreeSet<>())
                .add(form.group(1)));
    assertThat(given).isNotEmpty().allSatisfy((key, known) -> assertThat(known).isEqualTo(forms));
  }

  /** {@code {Name}}, {@code {0}} or a lone brace is no gap, and would be shown as it is. */
  @Test
  void every_brace_belongs_to_a_gap() {
    assertThat(ENGLISH)
        .allSatisfy((key, sentence) ->
            assertThat(sentence.replaceAll("\\{[a-z_]+}", "")).doesNotContain("{", "}"));
  }
}
