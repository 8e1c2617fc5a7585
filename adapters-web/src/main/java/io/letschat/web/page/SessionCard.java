package io.letschat.web.page;

import java.time.Instant;

/**
 * A session of the viewer in the list of sessions.
 *
 * @param handle names it in the form that ends it
 * @param here whether it is the one that looks at the page
 */
public record SessionCard(
    String handle, String device, String address, Instant signedInAt, boolean here) {
  /** In UTC, for browsers without scripts; the others show it in their own time. */
  public String since() {
    return signedInAt.toString().substring(0, 16).replace('T', ' ') + " UTC";
  }
}
