package io.letschat.messaging.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The rooms that are to be heard, and what was asked of the present connection for that. */
final class SubscriptionRegistry {
  /** How a connection is told. Called by one thread at a time. */
  interface Channels {
    void subscribe(List<String> rooms);

    void unsubscribe(List<String> rooms);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CompletableFuture<Void>> wanted = new HashMap<>();

  /** How many answers of the connection are outstanding per room. */
  private final Map<String, Integer> asked = new HashMap<>();

  private @Nullable Channels channels;

  /** Completes when the room is heard; empty while there is no connection to wait for. */
  Optional<CompletableFuture<Void>> add(String room) {
    lock.lock();
    try {
      CompletableFuture<Void> known = wanted.get(room);
      if (known != null) {
        return channels == null ? Optional.empty() : Optional.of(known);
      }
      var heard = new CompletableFuture<Void>();
      wanted.put(room, heard);
      if (channels == null) {
        return Optional.empty();
      }
      ask(channels, List.of(room));
      return Optional.of(heard);
    } finally {
      lock.unlock();
    }
  }

  void remove(String room) {
    lock.lock();
    try {
      if (wanted.remove(room) != null && channels != null) {
        channels.unsubscribe(List.of(room));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection listens; it is asked for all rooms. Those are returned. */
  Set<String> connected(Channels fresh) {
    lock.lock();
    try {
      channels = fresh;
      asked.clear();
      wanted.replaceAll((room, before) -> before.isDone() ? new CompletableFuture<>() : before);
      List<String> all = new ArrayList<>(wanted.keySet());
      Collections.sort(all);
      if (!all.isEmpty()) {
        ask(fresh, all);
      }
      return new HashSet<>(all);
    } finally {
      lock.unlock();
    }
  }

  void disconnected() {
    lock.lock();
    try {
      channels = null;
      asked.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The connection has answered for a room. */
  void heard(String room) {
    lock.lock();
    try {
      Integer left = asked.computeIfPresent(room, (name, count) -> count > 1 ? count - 1 : null);
      CompletableFuture<Void> waiting = wanted.get(room);
      // Only the last answer counts: the ones before were taken back by an unsubscribe since.
      if (left == null && waiting != null) {
        waiting.complete(null);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isConnected() {
    lock.lock();
    try {
      return channels != null;
    } finally {
      lock.unlock();
    }
  }

  private void ask(Channels connection, List<String> rooms) {
    rooms.forEach(room -> asked.merge(room, 1, Integer::sum));
    connection.subscribe(rooms);
  }
}
