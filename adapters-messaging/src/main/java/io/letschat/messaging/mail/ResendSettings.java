package io.letschat.messaging.mail;

import java.net.URI;

/**
 * How mail is sent.
 *
 * @param apiKey Resend's key
 * @param from the sender, {@code a@b.example} or {@code Name <a@b.example>}
 * @param api where the service is, without a slash at the end
 */
public record ResendSettings(String apiKey, String from, URI api) {
  /** Resend itself. */
  public static final URI RESEND = URI.create("https://api.resend.com");

  @Override
  public String toString() {
    return "ResendSettings[" + from + ", " + api + "]";
  }
}
