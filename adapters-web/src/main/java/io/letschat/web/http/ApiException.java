package io.letschat.web.http;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.protocol.RetryAfter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A request that is answered with an error. The sentence is for people, the code a stable word for
 * programs, the fields say what is wrong with single ones; what is wrong with several is said of
 * each and, one after the other, of the whole.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<Sentence> sentence;
  private final transient Map<String, Sentence> fields;
  private final transient Optional<Duration> retryAfter;

  private ApiException(
      int status,
      String code,
      Optional<Sentence> sentence,
      Map<String, Sentence> fields,
      Optional<Duration> retryAfter) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  public static ApiException of(int status, String code, Sentence sentence) {
    return new ApiException(status, code, Optional.of(sentence), Map.of(), Optional.empty());
  }

  /** A refusal because of one field, with the same sentence for it and for the whole. */
  public static ApiException of(int status, String code, String field, Sentence sentence) {
    return new ApiException(
        status, code, Optional.of(sentence), Map.of(field, sentence), Optional.empty());
  }

  /** 422: the fields are there and legible, but what is in them cannot be accepted. */
  public static ApiException invalid(Map<String, Sentence> fields) {
    return new ApiException(422, "invalid_fields", Optional.empty(), fields, Optional.empty());
  }

  public static ApiException malformed(String code, Sentence sentence) {
    return of(400, code, sentence);
  }

  public static ApiException unauthorized() {
    return of(401, "unauthorized", Sentence.of("request.unauthorized"));
  }

  /**
   * The answer for what is absent and for what is not the requester's: nobody can tell them apart.
   */
  public static ApiException notFound() {
    return of(404, "not_found", Sentence.of("request.not-found"));
  }

  public static ApiException tooOften(Duration retryAfter) {
    return new ApiException(
        429,
        "rate_limited",
        Optional.of(tooOftenFor(retryAfter)),
        Map.of(),
        Optional.of(retryAfter));
  }

  public static ApiException unavailable(Duration retryAfter) {
    return new ApiException(
        503,
        "unavailable",
        Optional.of(Sentence.of("request.unavailable")),
        Map.of(),
        Optional.of(retryAfter));
  }

  private static Sentence tooOftenFor(Duration wait) {
    long seconds = RetryAfter.seconds(wait);
    return seconds < 90
        ? Sentence.of("request.too-often.seconds").with("seconds", seconds)
        : Sentence.of("request.too-often.minutes").with("minutes", (seconds + 59) / 60);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String said(Sentences sentences) {
    return sentence
        .map(sentences::of)
        .orElseGet(() -> String.join(" ", fieldsSaid(sentences).values()));
  }

  /** What is wrong with each field, in the order in which they were looked at. */
  public SequencedMap<String, String> fieldsSaid(Sentences sentences) {
    var said = new LinkedHashMap<String, String>();
    fields.forEach((field, what) -> said.put(field, sentences.of(what)));
    return said;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
