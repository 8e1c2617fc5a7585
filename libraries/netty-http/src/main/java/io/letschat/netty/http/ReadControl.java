package io.letschat.netty.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether a connection is read at the moment: it is, unless somebody holds it. Several parts of one
 * pipeline have reasons to stop the reading, and whoever toggles auto-read directly undoes the
 * others' wish; each holds and lets go here instead, with itself as the key.
 *
 * <p>To be called on the channel's event loop only. What was decoded before the hold still arrives.
 */
public final class ReadControl {
  private static final AttributeKey<ReadControl> KEY =
      AttributeKey.valueOf(ReadControl.class, "reading");

  private final Channel channel;
  private final Set<Object> holders = Collections.newSetFromMap(new IdentityHashMap<>(4));

  private boolean neverHeld;

  private ReadControl(Channel channel) {
    this.channel = channel;
  }

  public static ReadControl of(Channel channel) {
    var attribute = channel.attr(KEY);
    var reading = attribute.get();
    if (reading == null) {
      reading = new ReadControl(channel);
      attribute.set(reading);
    }
    return reading;
  }

  /** Stops the reading until this holder, and every other, has let go. Holding twice is once. */
  public void hold(Object holder) {
    if (!neverHeld && holders.add(holder) && holders.size() == 1) {
      channel.config().setAutoRead(false);
    }
  }

  /** Lets go; without effect for somebody who does not hold. */
  public void release(Object holder) {
    if (holders.remove(holder) && holders.isEmpty()) {
      channel.config().setAutoRead(true);
    }
  }

  public boolean isHeld() {
    return !holders.isEmpty();
  }

  /** Lets go for everybody and for good: the rest of the input is only thrown away. */
  public void neverHold() {
    neverHeld = true;
    if (!holders.isEmpty()) {
      holders.clear();
      channel.config().setAutoRead(true);
    }
  }
}
