package io.letschat.messaging.mail;

import com.resend.core.net.AbstractHttpResponse;
import com.resend.core.net.HttpMethod;
import com.resend.core.net.IHttpClient;
import com.resend.core.net.RequestOptions;
import com.resend.core.net.impl.HttpClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Carries the library's requests to a service of our choice, within a time of our choice: the
 * library's own client knows one address only, and waits for as long as it takes.
 */
final class ResendHttp implements IHttpClient<String> {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final long MOST_ANSWER_BYTES = 64 * 1024;

  private final OkHttpClient http;
  private final String api;

  ResendHttp(URI api) {
    this(api, CALL);
  }

  ResendHttp(URI api, Duration call) {
    this.api = api.toString();
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .callTimeout(call)
            .followRedirects(false)
            .build();
  }

  /**
   * @throws UncheckedIOException if no whole answer came in time
   */
  @Override
  public AbstractHttpResponse<String> perform(
      String path,
      String apiKey,
      HttpMethod method,
      String payload,
      MediaType type,
      RequestOptions options) {
    var request =
        new Request.Builder()
            .url(api + path)
            .header("Accept", "application/json")
            .header("User-Agent", HttpClient.USER_AGENT)
            .header("Authorization", "Bearer " + apiKey)
            .header("Idempotency-Key", options.getIdempotencyKey())
            .method(method.name(), RequestBody.create(payload, type))
            .build();
    try (Response response = http.newCall(request).execute()) {
      return new AbstractHttpResponse<>(
          response.code(), response.peekBody(MOST_ANSWER_BYTES).string(), response.isSuccessful());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getClass().getSimpleName(), e);
    }
  }

  // Nothing else is sent from here.

  @Override
  public AbstractHttpResponse<String> perform(
      String path, String apiKey, HttpMethod method, String payload, MediaType type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AbstractHttpResponse<String> perform(
      String path,
      String apiKey,
      HttpMethod method,
      String payload,
      MediaType type,
      Map<String, String> headers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AbstractHttpResponse<String> performMultipart(
      String path,
      String apiKey,
      HttpMethod method,
      File file,
      MediaType type,
      Map<String, String> fields) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AbstractHttpResponse<String> performMultipart(
      String path,
      String apiKey,
      HttpMethod method,
      File file,
      MediaType type,
      Map<String, String> fields,
      RequestOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AbstractHttpResponse<String> performMultipart(
      String path,
      String apiKey,
      HttpMethod method,
      byte[] file,
      String name,
      MediaType type,
      Map<String, String> fields) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AbstractHttpResponse<String> performMultipart(
      String path,
      String apiKey,
      HttpMethod method,
      byte[] file,
      String name,
      MediaType type,
      Map<String, String> fields,
      RequestOptions options) {
    throw new UnsupportedOperationException();
  }
}
