package io.letschat.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in the opposite order; also while more is being opened. */
final class Closings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closings.class);

  interface Closing {
    void close() throws Exception;
  }

  private record Opened(String what, Closing closing) {}

  private final Deque<Opened> opened = new ArrayDeque<>();
  private boolean closed;

  /**
   * To be called as soon as it is open.
   *
   * @param what for the log
   * @throws IllegalStateException if everything has been closed meanwhile, which then this is, too
   */
  void add(String what, Closing closing) {
    boolean late;
    synchronized (opened) {
      late = closed;
      if (!late) {
        opened.push(new Opened(what, closing));
      }
    }
    if (late) {
      close(new Opened(what, closing));
      throw new IllegalStateException("stopped while starting");
    }
  }

  boolean areClosed() {
    synchronized (opened) {
      return closed;
    }
  }

  @Override
  public void close() {
    Optional<Opened> last = last();
    while (last.isPresent()) {
      close(last.get());
      last = last();
    }
  }

  private Optional<Opened> last() {
    synchronized (opened) {
      closed = true;
      return Optional.ofNullable(opened.poll());
    }
  }

  private static void close(Opened last) {
    try {
      last.closing.close();
    } catch (Exception e) {
      // The others are to be closed all the same.
      log.error("{} did not close cleanly", last.what, e);
    }
  }
}
