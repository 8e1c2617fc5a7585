package io.letschat.application.room;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;

/** Somebody as others see them. */
public record Person(UserId user, Username name) {
  public static Person of(Member member) {
    return new Person(member.user(), member.name());
  }
}
