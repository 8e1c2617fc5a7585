package io.letschat.protocol;

import org.jspecify.annotations.Nullable;

/** The headers of one request, whichever server read them. */
@FunctionalInterface
public interface HeaderLookup {
  /**
   * The first value of a header, or null where it is absent.
   *
   * @param name in any case
   */
  @Nullable String get(String name);
}
