package io.letschat.testkit;

import io.letschat.application.StoreUnavailable;
import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.message.NewMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Takes stores away, and gives them back as they were. */
public final class StoreOutage {
  private volatile boolean away;

  /** From now on whoever asks a store that was put {@link #over} is told that it is not there. */
  public void begin() {
    away = true;
  }

  public void end() {
    away = false;
  }

  /**
   * The store, but for its absence.
   *
   * @param port an interface, each method of which may throw {@link StoreUnavailable}
   */
  public <T> T over(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              refuse();
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** The same for the log, which has an answer of its own to what cannot be appended. */
  public MessageLog over(MessageLog log) {
    return new ForwardingMessageLog(over(MessageLog.class, log)) {
      @Override
      public Appending append(NewMessage message) {
        return away ? new OutcomeUnknown() : super.append(message);
      }
    };
  }

  private void refuse() {
    if (away) {
      throw new StoreUnavailable("The test's store", new IllegalStateException("taken away"));
    }
  }
}
