package io.letschat.application.presence;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.UserId;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is typing. Ends by itself after {@link #LASTS} without a further key, and when its socket
 * goes. A person who goes on typing is told about at most once per {@link #REPEAT}.
 */
public final class Typing {
  public static final Duration LASTS = Duration.ofSeconds(5);
  public static final Duration REPEAT = Duration.ofSeconds(1);

  private record Key(RoomId room, UserId user) {}

  private record Typist(Connection connection, Instant told, Scheduler.Later end) {}

  private final LocalRoster people;
  private final RoomPublisher broadcast;
  private final RateLimiter limiter;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final ConcurrentHashMap<Key, Typist> typists = new ConcurrentHashMap<>();

  public Typing(
      LocalRoster people,
      RoomPublisher broadcast,
      RateLimiter limiter,
      Scheduler scheduler,
      InstantSource clock) {
    this.people = people;
    this.limiter = limiter;
    this.broadcast = broadcast;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Too often is without effect. */
  public RateLimiter.Verdict start(Member member, Connection connection) {
    RateLimiter.Verdict verdict = limiter.take(Limit.TYPING, "user:" + member.user().value());
    if (verdict instanceof RateLimiter.Allowed) {
      begin(member, connection);
    }
    return verdict;
  }

  private void begin(Member member, Connection connection) {
    var key = new Key(member.room().id(), member.user());
    Instant now = clock.instant();
    typists.compute(
        key,
        (k, before) -> {
          boolean tell = before == null || !now.isBefore(before.told.plus(REPEAT));
          if (before != null) {
            before.end.cancel();
          }
          if (tell) {
            broadcast.send(new RoomEvent.UserTyping(key.room, people.person(member)));
          }
          return new Typist(
              connection,
              tell ? now : before.told,
              scheduler.after(LASTS, () -> stop(member, connection)));
        });
  }

  /** Without effect if the person does not type, or types on another socket. */
  public void stop(Member member, Connection connection) {
    typists.computeIfPresent(
        new Key(member.room().id(), member.user()),
        (key, typist) -> {
          if (typist.connection != connection) {
            return typist;
          }
          typist.end.cancel();
          broadcast.send(new RoomEvent.UserStoppedTyping(key.room, people.person(member)));
          return null;
        });
  }
}
