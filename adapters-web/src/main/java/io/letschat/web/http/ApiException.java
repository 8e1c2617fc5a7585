package io.letschat.web.http;

import io.letschat.protocol.RetryAfter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is answered with an error. The message is a sentence for people, the code a stable
 * word for programs, the fields say what is wrong with single ones.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> fields;
  private final transient Optional<Duration> retryAfter;

  private ApiException(
      int status,
      String code,
      String message,
      Map<String, String> fields,
      Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  public static ApiException of(int status, String code, String message) {
    return new ApiException(status, code, message, Map.of(), Optional.empty());
  }

  /** A refusal because of one field, with the same sentence for it and for the whole. */
  public static ApiException of(int status, String code, String field, String message) {
    return new ApiException(status, code, message, Map.of(field, message), Optional.empty());
  }

  /** 422: the fields are there and legible, but what is in them cannot be accepted. */
  public static ApiException invalid(Map<String, String> fields) {
    return new ApiException(
        422, "invalid_fields", String.join(" ", fields.values()), fields, Optional.empty());
  }

  public static ApiException malformed(String code, String message) {
    return of(400, code, message);
  }

  public static ApiException unauthorized() {
    return of(401, "unauthorized", "Please log in first.");
  }

  /** The answer for what is absent and for what is not the asker's: nobody can tell them apart. */
  public static ApiException notFound() {
    return of(404, "not_found", "There is nothing here, or it is not open to you.");
  }

  public static ApiException tooOften(Duration retryAfter) {
    return new ApiException(
        429,
        "rate_limited",
        "That was too often. Please wait " + inWords(retryAfter) + ".",
        Map.of(),
        Optional.of(retryAfter));
  }

  public static ApiException unavailable(Duration retryAfter) {
    return new ApiException(
        503,
        "unavailable",
        "This does not work at the moment. Please try again soon.",
        Map.of(),
        Optional.of(retryAfter));
  }

  private static String inWords(Duration wait) {
    long seconds = RetryAfter.seconds(wait);
    if (seconds < 90) {
      return seconds == 1 ? "a second" : seconds + " seconds";
    }
    return (seconds + 59) / 60 + " minutes";
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }

  public Map<String, String> fields() {
    return fields;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
