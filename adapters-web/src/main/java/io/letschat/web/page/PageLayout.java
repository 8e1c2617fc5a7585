package io.letschat.web.page;

import io.letschat.application.Addresses;
import java.util.Optional;

/**
 * What every page needs around its content.
 *
 * @param addresses makes all addresses in the page
 * @param assets the path of the folder with stylesheet and scripts, which changes with their
 *     content
 * @param toVerify whether the viewer has still to verify the address, and can
 * @param notice what was just done
 */
public record PageLayout(
    Addresses addresses,
    String assets,
    Optional<Viewer> viewer,
    boolean toVerify,
    Optional<String> notice) {
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
