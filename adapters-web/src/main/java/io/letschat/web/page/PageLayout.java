package io.letschat.web.page;

import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import io.letschat.application.Addresses;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What every page needs around its content.
 *
 * @param addresses makes all addresses in the page
 * @param sentences in the language of whoever looks at the page
 * @param assets the path of the folder with stylesheet and scripts, which changes with their
 *     content
 * @param toVerify whether the viewer has still to verify the address, and can
 * @param notice what was just done
 */
public record PageLayout(
    Addresses addresses,
    Sentences sentences,
    String assets,
    Optional<Viewer> viewer,
    boolean toVerify,
    Optional<String> notice) {
  /** What the page says; gaps are given as name, value, name, value …. */
  public String say(String key, Object... gaps) {
    return sentences.of(Sentence.of(key, gaps));
  }

  /** The same for a sentence with tags in it: what fills its gaps is escaped. */
  public String html(String key, Object... gaps) {
    Object[] escaped = gaps.clone();
    for (int i = 1; i < escaped.length; i += 2) {
      var out = new StringOutput();
      Escape.htmlAttribute(escaped[i].toString(), out);
      escaped[i] = out.toString();
    }
    return say(key, escaped);
  }

  public String language() {
    return sentences.language();
  }

  /** What the page's scripts say, as JSON. */
  public String browserSentences(String prefix) {
    Map<String, String> said = sentences.startingWith(prefix);
    return new String(ApiJson.bytes(said), StandardCharsets.UTF_8);
  }

  /** The address of a page, a form or a file of ours. */
  public String link(String path) {
    return addresses.of(path);
  }

  /** The address of one file of the folder, such as {@code app.css}. */
  public String asset(String file) {
    return link(assets + "/" + file);
  }

  /** The address of a page for somebody elsewhere; only a path where nobody said where we are. */
  public String linkForOthers(String path) {
    return addresses.outside(path).orElseGet(() -> link(path));
  }

  /** Where one's own pages begin: the rooms of whoever is signed in, else the first page. */
  public String home() {
    return link(viewer.isPresent() ? "/dashboard" : "/");
  }
}
