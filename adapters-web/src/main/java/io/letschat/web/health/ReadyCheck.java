package io.letschat.web.health;

/** Something without which the program cannot do its work, such as the database. */
public interface ReadyCheck {
  /** A word for {@code /readyz}, for example {@code database}. */
  String name();

  /** Whether it can be reached now. Answers within a second or two; an exception means no. */
  boolean isReady();
}
