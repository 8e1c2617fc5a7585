package io.letschat.messaging.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears the other servers. Called by the one thread that reads: does not block. */
public interface RelayListener {
  /** An event of another server or an emitter. */
  void event(RelayedEvent event);

  /** Something another node of this program has announced. */
  void announced(List<@Nullable Object> news);

  /** From now on everything is heard; before, something may have been missed. */
  void connected();
}
