package io.letschat.web.page;

import java.util.Optional;

/** The signed-in person who looks at a page. */
public record Viewer(long userId, String email, Optional<String> username) {
  /** The name in the page's head: the username, or the address of somebody who has none yet. */
  public String shownName() {
    return username.orElse(email);
  }
}
