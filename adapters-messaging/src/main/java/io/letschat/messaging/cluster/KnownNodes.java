package io.letschat.messaging.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by its uid who has sent something: a node of this installation, of this version or an
 * earlier one, a server of another kind, or another LetsChat that was given the same channels. The
 * last is a mistake of its operator, since the two have rooms of the same numbers, and its events
 * are for nobody here.
 */
final class KnownNodes {
  /** What the uids of all nodes of this program begin with. */
  private static final String ANY = "letschat-";

  /** Nodes of the earliest versions said nothing of their installation. */
  private static final Pattern EARLIEST = Pattern.compile(ANY + "[0-9a-f]{24}");

  /** What nodes tell each other is of this version; another one would not be understood. */
  private static final String VERSION = "2-";

  private static final Logger log = LoggerFactory.getLogger(KnownNodes.class);
  private static final long BETWEEN_WARNINGS_NS = 60_000_000_000L;

  enum Kind {
    OURS,
    EARLIER_VERSION,
    OTHER_SERVER,
    OTHER_INSTALLATION
  }

  private final String ours;
  private final String installation;
  private final AtomicBoolean saidUnknown = new AtomicBoolean();
  private final AtomicLong warnAt = new AtomicLong(System.nanoTime());

  KnownNodes(String installation) {
    this.ours = prefix(installation);
    this.installation = ANY + installation + "-";
  }

  /** What the uids of the installation's nodes begin with. */
  static String prefix(String installation) {
    return ANY + installation + "-" + VERSION;
  }

  Kind of(String uid) {
    if (uid.startsWith(ours)) {
      return Kind.OURS;
    }
    if (!uid.startsWith(ANY)) {
      return Kind.OTHER_SERVER;
    }
    boolean earlier = uid.startsWith(installation);
    complain(uid, earlier || EARLIEST.matcher(uid).matches());
    return earlier ? Kind.EARLIER_VERSION : Kind.OTHER_INSTALLATION;
  }

  /** The node has said something that this version does not know, which is passed over. */
  void saysWhatIsUnknown(String uid) {
    if (saidUnknown.compareAndSet(false, true)) {
      log.warn(
          "A LetsChat of a later version is on this Redis ({}); what this one does not know of it is"
              + " passed over.",
          uid);
    }
  }

  private void complain(String uid, boolean earlier) {
    long due = warnAt.get();
    if (System.nanoTime() - due < 0
        || !warnAt.compareAndSet(due, System.nanoTime() + BETWEEN_WARNINGS_NS)) {
      return;
    }
    if (earlier) {
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
