package io.letschat.embeddedpostgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, the end of the program also ends what is being started: nobody else can, before
 * the start is through. So Ctrl-C in a slow first start leaves nothing running.
 */
final class StartGuard implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread starting = Thread.currentThread();
  private final CountDownLatch through = new CountDownLatch(1);
  private final Thread hook;

  StartGuard(Path folder) {
    hook = new Thread(() -> cutShort(folder), "postgres-cut-short");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void cutShort(Path folder) {
    starting.interrupt();
    OrphanProcesses.stop(folder);
    try {
      through.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    OrphanProcesses.stop(folder);
  }

  @Override
  public void close() {
    through.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook has been waiting for this.
    }
  }
}
