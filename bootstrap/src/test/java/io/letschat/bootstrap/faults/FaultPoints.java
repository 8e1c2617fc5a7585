package io.letschat.bootstrap.faults;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.Target;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.ForwardingMessageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ports of the program with a place to die before and after each step of a send, and a clock that
 * can be set. Lines say what happens: {@code halt POINT N} ends the process, as {@code kill -9}
 * would, when a send passes the point for the Nth time from now on; {@code clock SECONDS} sets the
 * clock so many seconds ahead of the true time.
 */
public final class FaultPoints extends AbstractModule {
  /** Between which steps of a send. */
  public enum Point {
    BEFORE_APPEND("before the append"),
    IN_APPEND("within the transaction"),
    AFTER_COMMIT("after the commit, before the fan-out"),
    AFTER_LOCAL_DELIVERY("after the local fan-out, before the cluster bus"),
    BEFORE_ACK("queued for the cluster bus, before the ack"),
    AFTER_ACK("just after the ack");

    private final String words;

    Point(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private static final int SIGKILLED = 137;
  private static final long LONGEST_TRANSACTION_NANOS = 3_000_000;
  private static final long SOON_AFTER_NANOS = 2_000_000;

  private final AtomicReference<@Nullable Point> armed = new AtomicReference<>();
  private final AtomicInteger passings = new AtomicInteger();
  private volatile Duration ahead = Duration.ZERO;

  public void hear(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "halt" -> {
        passings.set(Integer.parseInt(words[2]));
        armed.set(Point.valueOf(words[1]));
      }
      case "clock" -> ahead = Duration.ofSeconds(Long.parseLong(words[1]));
      default -> throw new IllegalArgumentException(line);
    }
  }

  @Override
  protected void configure() {
    bind(InstantSource.class).toInstance(() -> Instant.now().plus(ahead));
  }

  @Provides
  MessagePublisher delivery(MessageLog log, RoomStreams feeds, RoomPublisher broadcast) {
    return new MessagePublisher(new MortalLog(log), feeds, broadcast);
  }

  @Provides
  RoomPublisher broadcast(RoomStreams feeds, LocalDelivery here, ClusterBus others) {
    return new RoomPublisher(feeds, here, new MortalRelay(others));
  }

  private void pass(Point point, long afterNanos) {
    if (armed.get() != point || passings.decrementAndGet() != 0) {
      return;
    }
    if (afterNanos == 0) {
      Runtime.getRuntime().halt(SIGKILLED);
    }
    Thread.ofPlatform()
        .start(() -> {
          LockSupport.parkNanos(afterNanos);
          Runtime.getRuntime().halt(SIGKILLED);
        });
  }

  private final class MortalLog extends ForwardingMessageLog {
    MortalLog(MessageLog log) {
      super(log);
    }

    @Override
    public Appending append(NewMessage message) {
      pass(Point.BEFORE_APPEND, 0);
      pass(Point.IN_APPEND, ThreadLocalRandom.current().nextLong(1, LONGEST_TRANSACTION_NANOS));
      Appending outcome = super.append(message);
      pass(Point.AFTER_COMMIT, 0);
      return outcome;
    }
  }

  private final class MortalRelay implements ClusterBus {
    private final ClusterBus others;

    MortalRelay(ClusterBus others) {
      this.others = others;
    }

    @Override
    public void publish(Target target, RoomEvent event) {
      if (event instanceof RoomEvent.MessageSent) {
        pass(Point.AFTER_LOCAL_DELIVERY, 0);
        others.publish(target, event);
        pass(Point.BEFORE_ACK, 0);
        pass(Point.AFTER_ACK, SOON_AFTER_NANOS);
      } else {
        others.publish(target, event);
      }
    }

    @Override
    public void announce(ClusterEvent news) {
      others.announce(news);
    }

    @Override
    public void listen(RoomId room) {
      others.listen(room);
    }

    @Override
    public void ignore(RoomId room) {
      others.ignore(room);
    }
  }
}
