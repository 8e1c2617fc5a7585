package io.letschat.domain.message;

/** A message's place in its room: 1, 2, 3 … without a hole. {@link #NONE} is before the first. */
public record Seq(long value) implements Comparable<Seq> {
  public static final Seq NONE = new Seq(0);

  public Seq {
    if (value < 0) {
      throw new IllegalArgumentException("a sequence number is not negative");
    }
  }

  public Seq next() {
    return new Seq(value + 1);
  }

  public boolean isAfter(Seq other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Seq other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
