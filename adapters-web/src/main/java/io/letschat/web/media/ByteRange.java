package io.letschat.web.media;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much of a file is asked for by a {@code Range} header (RFC 9110, 14). */
sealed interface ByteRange {
  /** All of it: nothing else was asked for, or in a way that a server may ignore. */
  record Whole() implements ByteRange {}

  /**
   * @param last included
   */
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /** Nothing that the file has. */
  record Unsatisfiable() implements ByteRange {}

  /** One range; who asks for several is given the whole, as RFC 9110 allows. */
  Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * @param header null when there is none
   * @param length of the whole file
   */
  static ByteRange of(@Nullable String header, long length) {
    var matcher = header == null ? null : ONE.matcher(header);
    if (matcher == null || !matcher.matches()) {
      return new Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), length);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return new Whole();
    }
    return from < length ? new Part(from, Math.min(to, length - 1)) : new Unsatisfiable();
  }

  private static ByteRange suffix(long asked, long length) {
    return asked == 0 || length == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, length - asked), length - 1);
  }
}
