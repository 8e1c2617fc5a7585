package io.letschat.bootstrap.lifecycle;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in the opposite order; also while more is being opened. */
public final class ShutdownStack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShutdownStack.class);

  public interface Closing {
    void close() throws Exception;
  }

  private record Resource(String what, Closing closing) {}

  /** A step of opening. */
  public interface Step {
    void run() throws IOException;
  }

  /** Held while a step must not be disturbed, and to begin closing. */
  private final Object begin = new Object();

  private final Deque<Resource> opened = new ArrayDeque<>();
  private boolean closed;

  /**
   * To be called as soon as it is open.
   *
   * @param what for the log
   * @throws IllegalStateException if everything has been closed meanwhile, which then this is, too
   */
  public void add(String what, Closing closing) {
    boolean late;
    synchronized (opened) {
      late = closed;
      if (!late) {
        opened.push(new Resource(what, closing));
      }
    }
    if (late) {
      close(new Resource(what, closing));
      throw new IllegalStateException("stopped while starting");
    }
  }

  /**
   * For a short step that fails in ugly ways where what it builds upon is closed meanwhile.
   *
   * @throws IllegalStateException if everything has been closed before; it is not done then
   */
  public void undisturbed(Step step) throws IOException {
    synchronized (begin) {
      if (areClosed()) {
        throw new IllegalStateException("stopped while starting");
      }
      step.run();
    }
  }

  boolean areClosed() {
    synchronized (opened) {
      return closed;
    }
  }

  @Override
  public void close() {
    synchronized (begin) {
      synchronized (opened) {
        closed = true;
      }
    }
    Optional<Resource> last = last();
    while (last.isPresent()) {
      close(last.get());
      last = last();
    }
  }

  private Optional<Resource> last() {
    synchronized (opened) {
      return Optional.ofNullable(opened.poll());
    }
  }

  private static void close(Resource last) {
    try {
      last.closing.close();
    } catch (Exception e) {
      // The others are to be closed all the same.
      log.error("{} did not close cleanly", last.what, e);
    }
  }
}
