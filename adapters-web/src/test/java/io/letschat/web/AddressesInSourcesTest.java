package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A path of ours that is written out instead of being made where addresses are made is dead below a
 * base path, and nobody notices before somebody has one.
 */
class AddressesInSourcesTest {
  private static final Path MAIN = Path.of("src", "main");

  @Test
  void templates_take_their_addresses_from_the_frame() {
    // What is inside link("…") or asset("…") is made there.
    var written = Pattern.compile("(?:href|src|action|srcset|poster|data-[a-z-]+)=\"/|\"/[a-z]");
    assertThat(lines(MAIN.resolve("jte"), ".jte", "(link|linkForOthers)\\(\"/[^\"]*\"", written))
        .isEmpty();
  }

  @Test
  void scripts_take_their_addresses_from_one_module() {
    var written =
        Pattern.compile("[\"'`]/[a-z?$]|(?:assign|fetch|open)\\([\"'`]/|location\\.origin\\}");
    assertThat(lines(MAIN.resolve("resources"), ".js", "address\\([\"'`]/[^\"'`]*[\"'`]", written))
        .isEmpty();
  }

  @Test
  void styles_name_no_address() {
    var written = Pattern.compile("url\\(\\s*[\"']?(?!data:)|@import");
    assertThat(lines(MAIN.resolve("resources"), ".css", "", written)).isEmpty();
  }

  @Test
  void only_one_place_leads_browsers_elsewhere_and_one_sets_cookies() {
    var written = Pattern.compile("\"Location\"|ctx\\.redirect|new Cookie\\(");
    assertThat(lines(MAIN.resolve("java"), ".java", "", written))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("PageRenderer.java").contains("Links.to("),
            line -> assertThat(line).startsWith("SessionCookie.java").contains("path"));
  }

  /** What has the pattern in it, once the allowed has been taken out. */
  private static List<String> lines(Path folder, String ending, String allowed, Pattern written) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(ending)).toList();
      assertThat(sources).isNotEmpty();
      return sources.stream()
          .flatMap(file ->
              read(file).stream()
                  .filter(line -> !line.strip().startsWith("//") && !line.strip().startsWith("*"))
                  .filter(line ->
                      written
                          .matcher(allowed.isEmpty() ? line : line.replaceAll(allowed, ""))
                          .find())
                  .map(line -> file.getFileName() + ": " + line.strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
