package io.letschat.web.page;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.account.Username;
import java.util.Optional;

/** The signed-in person who looks at a page. */
public record Viewer(long userId, String email, Optional<String> username) {
  public static Viewer of(AuthenticatedUser who) {
    var account = who.account();
    return new Viewer(
        account.user().value(), account.email().text(), account.username().map(Username::text));
  }

  /** The name in the page's head: the username, or the address of somebody who has none yet. */
  public String shownName() {
    return username.orElse(email);
  }
}
