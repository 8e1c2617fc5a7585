package io.letschat.web;

import java.util.Set;

/**
 * How the pages' server is set up.
 *
 * @param frontSecret what the front shows with every request; made anew at each start
 * @param friendlyOrigins the origins of {@code CORS_ORIGIN}, beside our own
 * @param imageOrigins where shared images are, beside our own
 */
public record WebSettings(
    String frontSecret, Set<String> friendlyOrigins, Set<String> imageOrigins) {
  @Override
  public String toString() {
    return "WebSettings[" + friendlyOrigins + "]";
  }
}
