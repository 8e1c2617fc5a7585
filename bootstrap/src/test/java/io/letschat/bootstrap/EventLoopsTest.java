package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With Redis each of these ports may wait for it, and an event loop serves thousands of sockets.
 */
class EventLoopsTest {
  @TempDir private Path folder;

  /** {@code Port.method}: those that were called by sockets, and of them, by an event loop. */
  private final Set<String> called = ConcurrentHashMap.newKeySet();

  private final Set<String> onAnEventLoop = ConcurrentHashMap.newKeySet();

  @Test
  void nothing_that_may_wait_for_redis_is_called_on_an_event_loop() throws Exception {
    try (var chat = MemoryChat.start(folder, Map.of(), new Watched())) {
      Visitor ada = chat.signsUp("ada");
      Visitor bob = chat.signsUp("bob");
      long room = chat.enters(ada, "tea");
      chat.enters(bob, "tea");
      called.clear();
      try (var polling = TestSocket.tryToConnect(chat.address(), bob.token(), "polling");
          var adas = TestSocket.connect(ada)) {
        assertThat(polling.outcome()).isEqualTo("connected");
        assertThat(TestSocket.tryToConnect(chat.address(), "no token", "websocket").outcome())
            .isEqualTo("unauthorized");
        polling.joins(room);
        adas.joins(room);
        adas.tell("typing", Map.of("room_id", room));
        adas.says(room, "hello");
        polling.awaits("new message", 1);
        adas.ask("leave room", Map.of("room_id", room));
        adas.ask("joinRoom", room);
        adas.tell("stopTyping", Map.of("room_id", room));
        chat.logsOut(ada);
        AwaitInProgram.until(
            () -> !adas.disconnects().isEmpty(), () -> "signing out closes no socket");
      }
      AwaitInProgram.until(() -> called.contains("Presence.depart"), () -> "only " + called);
      AwaitInProgram.until(() -> called.contains("ClusterBus.ignore"), () -> "only " + called);
    }
    assertThat(called)
        .contains(
            "Sessions.live",
            "Sessions.liveAmong",
            "RateLimiter.take",
            "Presence.arrive",
            "Presence.latest",
            "ClusterBus.listen");
    assertThat(onAnEventLoop).isEmpty();
  }

  private final class Watched implements MemoryChat.Around {
    @Override
    public <T> T around(Class<T> port, T shared) {
      return port.cast(
          Proxy.newProxyInstance(
              port.getClassLoader(),
              new Class<?>[] {port},
              (self, method, arguments) -> {
                String name = port.getSimpleName() + "." + method.getName();
                called.add(name);
                if (Thread.currentThread() instanceof FastThreadLocalThread) {
                  onAnEventLoop.add(name);
                }
                try {
                  return method.invoke(shared, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }
}
