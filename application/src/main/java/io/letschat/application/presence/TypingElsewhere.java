package io.letschat.application.presence;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.cluster.TypingListener;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is typing on other nodes, as the sockets of this node were told. A node that dies does not
 * say that anybody has stopped: {@link Typing#LASTS} after its last word this one does.
 */
public final class TypingElsewhere implements TypingListener {
  private record Key(RoomId room, UserId user) {}

  /** Each time that somebody is heard to type is another one. */
  private static final class Heard {}

  private record Typist(Heard heard, Scheduler.Later end) {}

  private final LocalSubscribers subscribers;
  private final Scheduler scheduler;
  private final ConcurrentHashMap<Key, Typist> typists = new ConcurrentHashMap<>();

  public TypingElsewhere(LocalSubscribers subscribers, Scheduler scheduler) {
    this.subscribers = subscribers;
    this.scheduler = scheduler;
  }

  @Override
  public void started(RoomEvent.UserTyping typing) {
    var heard = new Heard();
    typists.compute(
        new Key(typing.room(), typing.person().user()),
        (key, before) -> {
          if (before != null) {
            before.end.cancel();
          }
          subscribers.send(typing);
          return new Typist(heard, scheduler.after(Typing.LASTS, () -> silent(key, heard, typing)));
        });
  }

  @Override
  public void stopped(RoomEvent.UserStoppedTyping stopped) {
    typists.compute(
        new Key(stopped.room(), stopped.person().user()),
        (key, typist) -> {
          if (typist != null) {
            typist.end.cancel();
          }
          subscribers.send(stopped);
          return null;
        });
  }

  private void silent(Key key, Heard heard, RoomEvent.UserTyping typing) {
    typists.computeIfPresent(
        key,
        (k, typist) -> {
          if (typist.heard != heard) {
            return typist;
          }
          subscribers.send(new RoomEvent.UserStoppedTyping(key.room, typing.person()));
          return null;
        });
  }
}
