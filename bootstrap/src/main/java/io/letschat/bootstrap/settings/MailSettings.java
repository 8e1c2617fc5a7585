package io.letschat.bootstrap.settings;

import io.letschat.messaging.mail.ResendSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code RESEND_…}, and {@code REQUIRE_VERIFIED_EMAIL}, which needs it. */
final class MailSettings {
  private final RawSettings rawSettings;

  MailSettings(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
  }

  /** Empty without a key. The key of the sample is none. */
  Optional<ResendSettings> resend() {
    Optional<String> key =
        rawSettings.given("RESEND_API_KEY").filter(value -> !value.startsWith("re_your"));
    Optional<String> from =
        rawSettings.read("RESEND_FROM_EMAIL", "onboarding@resend.dev", MailSettings::sender);
    Optional<URI> api =
        rawSettings.read(
            "RESEND_API_URL", ResendSettings.RESEND.toString(), MailSettings::httpAddress);
    return key.flatMap(secret -> rawSettings.read("RESEND_API_KEY", MailSettings::headerText))
        .flatMap(secret ->
            from.flatMap(
                sender -> api.map(address -> new ResendSettings(secret, sender, address))));
  }

  boolean requireVerified(boolean production, Optional<ResendSettings> resend) {
    boolean required = rawSettings.yesOrNo("REQUIRE_VERIFIED_EMAIL", false).orElse(false);
    if (required && production && resend.isEmpty()) {
      rawSettings.refuse(
          "REQUIRE_VERIFIED_EMAIL: nobody can verify an address while no mail is sent; set RESEND_API_KEY too.");
    }
    return required;
  }

  private static String headerText(String value) {
    if (value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return value;
    }
    throw new IllegalArgumentException("is a key such as re_123abc, without spaces.");
  }

  private static String sender(String value) {
    if (value.matches("[^\\s<>@]+@[^\\s<>@]+|[^<>@\\p{Cntrl}]+ <[^\\s<>@]+@[^\\s<>@]+>")) {
      return value;
    }
    throw new IllegalArgumentException(
        "is an address such as chat@example.org or LetsChat <chat@example.org>.");
  }

  private static URI httpAddress(String value) {
    try {
      URI uri = URI.create(value.replaceFirst("/+$", ""));
      if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below.
    }
    throw new IllegalArgumentException("is an address such as https://api.resend.com.");
  }
}
