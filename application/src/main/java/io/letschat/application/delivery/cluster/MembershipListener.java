package io.letschat.application.delivery.cluster;

import io.letschat.domain.room.Member;

/** Whoever holds something open for a member, such as a socket, and has to let go of it. */
public interface MembershipListener {
  /** Called after the membership was ended. Does not block for long and does not throw. */
  void ended(Member member);
}
