package io.letschat.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Something to be said to people, before it is said in a language: a key of the catalogue of
 * sentences, and what stands in the gaps of the sentence there.
 *
 * @param key such as {@code password.too-short}
 * @param gaps by their names: texts and whole numbers, in the order in which they were given
 */
public record Sentence(String key, SequencedMap<String, Object> gaps) {
  public Sentence {
    gaps = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gaps));
  }

  /** A sentence without gaps, or with none filled yet. */
  public static Sentence of(String key) {
    return new Sentence(key, new LinkedHashMap<>());
  }

  /**
   * A sentence with its gaps filled.
   *
   * @param gaps name, value, name, value …: texts and whole numbers
   */
  public static Sentence of(String key, Object... gaps) {
    var filled = new LinkedHashMap<String, Object>();
    for (int i = 0; i < gaps.length; i += 2) {
      Object value = gaps[i + 1];
      filled.put(
          gaps[i].toString(), value instanceof Integer number ? Long.valueOf(number) : value);
    }
    return new Sentence(key, filled);
  }

  /** The same with a number in a gap; the first number decides about singular and plural. */
  public Sentence with(String gap, long number) {
    return and(gap, number);
  }

  /** The same with a text in a gap. */
  public Sentence with(String gap, String text) {
    return and(gap, text);
  }

  private Sentence and(String gap, Object value) {
    var more = new LinkedHashMap<>(gaps);
    more.put(gap, value);
    return new Sentence(key, more);
  }

  @Override
  public String toString() {
    return gaps.isEmpty() ? key : key + gaps;
  }
}
