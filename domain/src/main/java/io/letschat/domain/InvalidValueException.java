package io.letschat.domain;

/**
 * A value that breaks a rule of its type. The message is a sentence for the person who typed the
 * value; it never repeats the value itself, so that it can be logged and shown.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  public InvalidValueException(String field, String sentence) {
    super(sentence);
    this.field = field;
  }

  /** The wire name of what was wrong, for example {@code email}. */
  public String field() {
    return field;
  }

  /** The sentence for the person; never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
