package io.letschat.application.delivery.cluster;

import io.letschat.domain.account.UserId;

/** Whoever shows what people are called, and has to look again when somebody takes another name. */
public interface NameListener {
  /** Called after the user was renamed, or may have been. Does not block and does not throw. */
  void renamed(UserId user);
}
