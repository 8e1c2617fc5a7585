package io.letschat.messaging.cluster;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of something that another node has written, one after the other. */
final class WireFields {
  private final Iterator<?> left;

  WireFields(List<?> fields) {
    this.left = fields.iterator();
  }

  /** Fields to be written; what is optional is null where it is not there. */
  static List<@Nullable Object> of(@Nullable Object... fields) {
    return Collections.unmodifiableList(Arrays.asList(fields));
  }

  String text() {
    return optionalText().orElseThrow(() -> new IllegalArgumentException("a string is missing"));
  }

  Optional<String> optionalText() {
    return next() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  long number() {
    if (next() instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a number is missing");
  }

  boolean flag() {
    return Boolean.TRUE.equals(next());
  }

  /** Those of something within. */
  WireFields fields() {
    return new WireFields(list());
  }

  Optional<WireFields> optionalFields() {
    return next() instanceof List<?> fields
        ? Optional.of(new WireFields(fields))
        : Optional.empty();
  }

  List<?> list() {
    if (next() instanceof List<?> fields) {
      return fields;
    }
    throw new IllegalArgumentException("a list is missing");
  }

  private @Nullable Object next() {
    return left.hasNext() ? left.next() : null;
  }
}
