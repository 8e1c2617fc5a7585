package io.letschat.bootstrap.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT, each time that they come: a shutdown hook hears only of the first. The JVM's
 * class for it has no public name to compile against, but is the same in every JDK.
 */
public final class StopSignals {
  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);

  private StopSignals() {}

  /**
   * Calls this for every signal, with its number, on a thread of its own; the JVM does not end by
   * itself then. Where signals cannot be heard, everything stays as the JVM does it.
   */
  public static void hear(IntConsumer each) {
    for (String name : List.of("TERM", "INT")) {
      try {
        hear(name, each);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        log.info("a second SIG{} cannot force the shutdown: {}", name, e.toString());
      }
    }
  }

  private static void hear(String name, IntConsumer each) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    try {
      Object raised = signal.getConstructor(String.class).newInstance(name);
      int number = (int) signal.getMethod("getNumber").invoke(raised);
      Object hearing =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      each.accept(number);
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "the handler of SIG" + name;
                  });
      signal.getMethod("handle", signal, handler).invoke(null, raised, hearing);
    } catch (InvocationTargetException e) {
      // The JVM was started with -Xrs, or keeps the signal for itself.
      throw new IllegalArgumentException(e.getCause());
    }
  }
}
