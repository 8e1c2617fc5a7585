package io.letschat.messaging.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears the other servers. Called by the one thread that reads: does not block. */
public interface RelayListener {
  /** An event of another server or an emitter. */
  void event(RelayedEvent event);

  /** What another node of this program has said to those who listen to a room. */
  void nodeEvent(String from, List<@Nullable Object> event);

  /** Something another node of this program has announced. */
  void announced(String from, List<@Nullable Object> news);

  /** Another server, or an emitter, wants something of all servers. */
  void asked(RelayRequest request);

  /**
   * Something that came could not be used, or not all that was asked for was given.
   *
   * @param reason one of a few words
   */
  void refused(String reason);

  /** From now on everything is heard; before, something may have been missed. */
  void connected();
}
