package org.example.embedding;

import io.letschat.application.presence.Presence;
import io.letschat.testkit.PresenceContract;




class ListPresenceTest extends PresenceContract {
  private final Presence presence = new ListPresence();

  @Override
  protected Presence presence() {
    return presence;
  }
}
