package io.letschat.web.page;

import java.util.Optional;

/**
 * What every page needs around its content.
 *
 * @param assets the path of the folder with stylesheet and scripts, which changes with their
 *     content
 * @param toVerify whether the viewer has still to verify the address, and can
 * @param notice what was just done
 */
public record Frame(
    String assets, Optional<Viewer> viewer, boolean toVerify, Optional<String> notice) {
  /** The URL path of one file of ours, such as {@code app.css}. */
  public String asset(String file) {
    return assets + "/" + file;
  }
}
