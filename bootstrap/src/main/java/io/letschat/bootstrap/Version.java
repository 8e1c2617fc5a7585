package io.letschat.bootstrap;

import java.util.Optional;

/** Which LetsChat this is. */
final class Version {
  private Version() {}

  /** From the jar's manifest; {@code development} where there is no jar. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
