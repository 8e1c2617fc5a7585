package io.letschat.web.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.sentence.Sentences;
import io.letschat.web.page.SessionCard;
import java.util.List;

/** The viewer's sessions as the pages show them. */
public final class SessionList {
  private final MySessions sessions;

  SessionList(MySessions sessions) {
    this.sessions = sessions;
  }

  public List<SessionCard> of(AuthenticatedUser who, Sentences sentences) {
    return sessions.of(who).stream()
        .map(session ->
            new SessionCard(
                session.id().handle(),
                DeviceName.of(session.device(), sentences),
                session.device().address(),
                session.signedInAt(),
                session.id().equals(who.session().id())))
        .toList();
  }
}
