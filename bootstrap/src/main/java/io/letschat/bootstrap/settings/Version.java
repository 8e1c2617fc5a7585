package io.letschat.bootstrap.settings;

import java.util.Optional;

/** Which LetsChat this is. */
public final class Version {
  private Version() {}

  /** From the jar's manifest; {@code development} where there is no jar. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
