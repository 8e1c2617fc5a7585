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
 * Drains the connections that were open when a server began to stop, so that nothing that they sent
 * is lost. Clients are not sent a disconnect: they reconnect by themselves.
 */
public final class ConnectionDrainer {
  private static final Logger log = LoggerFactory.getLogger(ConnectionDrainer.class);

  /** How long listeners are waited for. */
  static final int LISTENER_SECONDS = 3;

  private final List<SocketIoClient> open;

  public ConnectionDrainer(Collection<SocketIoClient> connections) {
    open = List.copyOf(connections);
  }

  /** Closes one connection after the other, evenly over this time, or until it is aborted. */
  public void drain(Duration over, CountDownLatch abort) throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < open.size(); i++) {
      long due = begin + over.toNanos() / open.size() * i;
      if (abort.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
      EngineSession session = open.get(i).session();
      session.pauseReading();
      open.get(i).execute(() -> session.close(CloseReason.SERVER_STOP));
    }
    if (!open.isEmpty()) {
      abort.await(begin + over.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** Reads no more, and waits until what was received is handled and answered. */
  public void awaitHandled() {
    open.forEach(connection -> connection.session().pauseReading());
    await("are still being served", SocketIoClient::execute);
    awaitFlushed();
  }

  /** A client that does not read delays the others for a second. */
  private void awaitFlushed() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < end
        && open.stream().anyMatch(connection -> connection.session().sender().hasUnsent())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Waits until the disconnect listeners have run. */
  public void awaitDisconnected() {
    await("were not disconnected in time", SocketIoClient::executeAfterDisconnect);
  }

  private void await(String problem, BiConsumer<SocketIoClient, Runnable> awaited) {
    CountDownLatch done = new CountDownLatch(open.size());
    open.forEach(connection -> awaited.accept(connection, done::countDown));
    try {
      if (!done.await(LISTENER_SECONDS, TimeUnit.SECONDS)) {
        log.warn("{} connections {}", done.getCount(), problem);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
