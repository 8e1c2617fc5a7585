package io.letschat.web.page;

import java.util.Optional;

/**
 * What every page needs around its content.
 *
 * @param assets the path of the folder with stylesheet and scripts, which changes with their
 *     content
 */
public record Frame(String assets, Optional<Viewer> viewer) {
  /** The URL path of one file of ours, such as {@code app.css}. */
  public String asset(String file) {
    return assets + "/" + file;
  }
}
