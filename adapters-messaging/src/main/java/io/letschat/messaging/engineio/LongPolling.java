package io.letschat.messaging.engineio;

import org.jspecify.annotations.Nullable;

/**
 * The requests that a polling session has open: a GET that waits for packets and a POST that waits
 * for its body to be read or handled. Guarded by the session's monitor.
 */
final class LongPolling {
  private @Nullable PollingExchange poll;
  private @Nullable PollingExchange post;
  private boolean postHandled;

  boolean isPollWaiting() {
    return poll != null;
  }

  /** False when there is one already. */
  boolean offerPoll(PollingExchange exchange) {
    if (poll != null) {
      return false;
    }
    poll = exchange;
    return true;
  }

  @Nullable PollingExchange takePoll() {
    PollingExchange taken = poll;
    poll = null;
    return taken;
  }

  /** False when there is one already. */
  boolean offerPost(PollingExchange exchange) {
    if (post != null) {
      return false;
    }
    post = exchange;
    postHandled = false;
    return true;
  }

  /** The POST's packets have been handed on. */
  void postHandled(PollingExchange exchange) {
    if (post == exchange) {
      postHandled = true;
    }
  }

  /** Answers the POST whose packets have been handed on, if there is one. */
  void answerHandledPost() {
    if (postHandled && post != null) {
      post.ok();
      post = null;
    }
  }

  /** The POST will be answered by others. */
  void forgetPost(PollingExchange exchange) {
    if (post == exchange) {
      post = null;
    }
  }

  @Nullable PollingExchange takePost() {
    PollingExchange taken = post;
    post = null;
    return taken;
  }

  /** The connection of a request is gone; returns whether that request was waiting. */
  boolean lost(PollingExchange exchange) {
    boolean waiting = poll == exchange || post == exchange;
    if (poll == exchange) {
      poll = null;
    }
    forgetPost(exchange);
    return waiting;
  }
}
