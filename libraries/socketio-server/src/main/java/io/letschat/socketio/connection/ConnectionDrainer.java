package io.letschat.socketio.connection;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.session.EngineSession;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections that were open when a server began to stop, so that nothing that they sent
 * is lost. Clients are not told to stay away: they reconnect by themselves.
 */
public final class ConnectionDrainer {
  private static final Logger log = LoggerFactory.getLogger(ConnectionDrainer.class);

  /** How long listeners are waited for. */
  static final int LISTENER_SECONDS = 3;

  private final List<SocketIoClient> open;

  public ConnectionDrainer(Collection<SocketIoClient> connections) {
    open = List.copyOf(connections);
  }

  /** Ends one after the other, evenly over this time, or until somebody is in a hurry. */
  public void oneByOne(Duration over, CountDownLatch hurry) throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < open.size(); i++) {
      long due = begin + over.toNanos() / open.size() * i;
      if (hurry.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
      EngineSession session = open.get(i).session();
      session.pauseReading();
      open.get(i).execute(() -> session.close(CloseReason.SERVER_STOP));
    }
    if (!open.isEmpty()) {
      hurry.await(begin + over.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** Reads no more, and waits until what was received is handled and answered. */
  public void finish() {
    open.forEach(connection -> connection.session().pauseReading());
    await("are still being served", SocketIoClient::execute);
    awaitSent();
  }

  /** A client that takes nothing more keeps the others waiting for a second. */
  private void awaitSent() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < end
        && open.stream().anyMatch(connection -> connection.session().hasUnsent())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Waits until the listeners have heard of the end. */
  public void awaitHeard() {
    await("did not end in time", SocketIoClient::afterDisconnect);
  }

  private void await(String otherwise, BiConsumer<SocketIoClient, Runnable> awaited) {
    CountDownLatch done = new CountDownLatch(open.size());
    open.forEach(connection -> awaited.accept(connection, done::countDown));
    try {
      if (!done.await(LISTENER_SECONDS, TimeUnit.SECONDS)) {
        log.warn("{} connections {}", done.getCount(), otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
