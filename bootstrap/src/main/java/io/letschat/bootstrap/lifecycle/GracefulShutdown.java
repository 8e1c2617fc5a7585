package io.letschat.bootstrap.lifecycle;

import io.letschat.bootstrap.settings.ShutdownTimes;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.web.health.Stopping;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node leaves the others. First it says so and takes no new clients, while it serves those it
 * has; that is the time in which the balancer finds out. Then it closes their connections one after
 * the other, so that the other nodes do not get all of them at once.
 */
public final class GracefulShutdown {
  private static final Logger log = LoggerFactory.getLogger(GracefulShutdown.class);

  private final CountDownLatch force = new CountDownLatch(1);

  /** What is left of the notice and of the spread is dropped. */
  void force() {
    force.countDown();
  }

  /** Blocks until the times are over or somebody is in a force. */
  void take(ShutdownTimes times, Stopping stopping, ConformantSocketIOServer sockets)
      throws InterruptedException {
    stopping.begin();
    sockets.stopAccepting();
    if (times.notice().isPositive()) {
      log.info(
          "graceful shutdown: rejecting new connections, draining begins in {} s",
          times.notice().toSeconds());
      force.await(times.notice().toNanos(), TimeUnit.NANOSECONDS);
    }
    if (times.spread().isPositive()) {
      int open = sockets.engine().sessionCount();
      log.info(
          "graceful shutdown: draining {} connections within {} s",
          open,
          times.spread().toSeconds());
      sockets.drain(times.spread(), force);
    }
  }
}
