package io.letschat.messaging.cluster;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by its uid who has sent something: a node of this installation, a server of another kind,
 * or another LetsChat that was given the same channels. The last is a mistake of its operator,
 * since the two have rooms of the same numbers, and its events are for nobody here.
 */
final class KnownNodes {
  /** What the uids of all nodes of this program begin with. */
  private static final String ANY = "letschat-";

  /** Nodes of earlier versions said nothing of their installation. */
  private static final Pattern EARLIER = Pattern.compile(ANY + "[0-9a-f]{24}");

  private static final Logger log = LoggerFactory.getLogger(KnownNodes.class);
  private static final long BETWEEN_WARNINGS_NS = 60_000_000_000L;

  enum Kind {
    OURS,
    OTHER_SERVER,
    OTHER_INSTALLATION
  }

  private final String ours;
  private final AtomicLong warnAt = new AtomicLong(System.nanoTime());

  KnownNodes(String installation) {
    this.ours = prefix(installation);
  }

  /** What the uids of the installation's nodes begin with. */
  static String prefix(String installation) {
    return ANY + installation + "-";
  }

  Kind of(String uid) {
    if (uid.startsWith(ours)) {
      return Kind.OURS;
    }
    if (!uid.startsWith(ANY)) {
      return Kind.OTHER_SERVER;
    }
    complain(uid);
    return Kind.OTHER_INSTALLATION;
  }

  private void complain(String uid) {
    long due = warnAt.get();
    if (System.nanoTime() - due < 0
        || !warnAt.compareAndSet(due, System.nanoTime() + BETWEEN_WARNINGS_NS)) {
      return;
    }
    if (EARLIER.matcher(uid).matches()) {
      log.warn(
          "A LetsChat of an earlier version is on this Redis ({}); until it is gone, its messages"
              + " are read from the database.",
          uid);
    } else {
      log.error(
          "Another LetsChat uses this Redis with the same REDIS_KEY ({}); its events are ignored."
              + " Give one of the two a REDIS_KEY of its own, such as letschat2.",
          uid);
    }
  }
}
