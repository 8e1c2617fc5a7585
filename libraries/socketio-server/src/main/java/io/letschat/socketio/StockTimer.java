package io.letschat.socketio;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timer that netty-socketio's server makes for its own transport with every instance, and lets
 * go only with event loops that ours never has: Netty reports each as leaked, and warns from the
 * 64th on. No method leads to it, so this is the one place that looks into the library's fields,
 * which 2.0.14 has.
 */
final class StockTimer {
  private static final Logger log = LoggerFactory.getLogger(StockTimer.class);

  private StockTimer() {}

  /** Stops the timer, which has not been started. */
  static void release(SocketIOServer server) {
    try {
      Object transport = field(SocketIOServer.class, "pipelineFactory").get(server);
      Field scheduler = field(SocketIOChannelInitializer.class, "scheduler");
      if (scheduler.get(transport) instanceof CancelableScheduler timer) {
        timer.shutdown();
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("netty-socketio's own timer stays: {}", e.toString());
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
