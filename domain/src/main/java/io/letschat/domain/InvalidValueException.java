package io.letschat.domain;

/**
 * A value that breaks a rule of its type. The sentence is for the person who typed the value; it
 * never repeats the value itself, so that it can be logged and shown.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final transient Sentence sentence;

  public InvalidValueException(String field, Sentence sentence) {
    super(field + ": " + sentence);
    this.field = field;
    this.sentence = sentence;
  }

  /** The wire name of what was wrong, for example {@code email}. */
  public String field() {
    return field;
  }

  /** What to say to the person. */
  public Sentence sentence() {
    return sentence;
  }
}
