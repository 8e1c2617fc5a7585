package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is fetched arrives as it is, whoever may compress it on the way. A PDF of more than 1.5
 * kB did not: its length was said, and its body was compressed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ByteForByteTest {
  private static final String BROWSER = "gzip, deflate, br, zstd";
  private static final List<String> SIGNATURES =
      List.of("%PDF-1.7 ", "GIF89a", "\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "RIFF    WEBP");

  private final RunningSite site = new RunningSite();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String ada = site.signedUp("ada");
  private final long room =
      site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", RunningSite.by(ada))
          .json()
          .at("/room/id")
          .asLong();

  @AfterAll
  void stop() {
    client.close();
    site.close();
  }

  static Stream<byte[]> files() {
    return SIGNATURES.stream()
        .flatMap(signature ->
            Stream.of(20, 1_499, 1_500, 20_000, 200_000)
                .flatMap(
                    size -> Stream.of(file(signature, size, true), file(signature, size, false))));
  }

  private static byte[] file(String signature, int size, boolean compressible) {
    byte[] content = new byte[size];
    if (compressible) {
      Arrays.fill(content, (byte) 'a');
    } else {
      new Random(size).nextBytes(content);
    }
    byte[] head = signature.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    byte[] end = "%%EOF".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(end, 0, content, size - end.length, end.length);
    return content;
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_shared_file_arrives_byte_for_byte_with_its_length(byte[] content) {
    String url = shared(content);

    for (String encodings : new String[] {"", "identity", "gzip", BROWSER}) {
      HttpResponse<byte[]> whole = ask("GET", url, "Accept-Encoding", encodings);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(whole.headers().firstValue("Content-Length")).contains("" + content.length);
      assertThat(Arrays.equals(whole.body(), content)).isTrue();

      HttpResponse<byte[]> head = ask("HEAD", url, "Accept-Encoding", encodings);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String same : List.of("Content-Length", "Content-Type", "ETag", "Accept-Ranges")) {
        assertThat(head.headers().firstValue(same)).isEqualTo(whole.headers().firstValue(same));
      }

      String etag = whole.headers().firstValue("ETag").orElseThrow();
      for (String method : List.of("GET", "HEAD")) {
        HttpResponse<byte[]> known =
            ask(method, url, "Accept-Encoding", encodings, "If-None-Match", etag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-9999, 0, 10000",
    "bytes=1-, 1, 20000",
    "bytes=19990-30000, 19990, 20000",
    "bytes=19999-, 19999, 20000",
    "bytes=-1, 19999, 20000",
    "bytes=-20000, 0, 20000",
    "bytes=-30000, 0, 20000",
    "bytes=5-999999999999999999, 5, 20000"
  })
  void a_part_of_a_file_is_given_to_who_asks_for_it(String range, int from, int to) {
    byte[] content = file("%PDF-1.7 ", 20_000, true);
    String url = shared(content);

    HttpResponse<byte[]> part = ask("GET", url, "Range", range, "Accept-Encoding", BROWSER);

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes " + from + "-" + (to - 1) + "/20000");
    assertThat(part.headers().firstValue("Content-Length")).contains("" + (to - from));
    assertThat(part.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
    HttpResponse<byte[]> head = ask("HEAD", url, "Range", range);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("20000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "bytes=9-1",
        "bytes=-",
        "bytes=x-y",
        "lines=0-1",
        "bytes=99999999999999999999-"
      })
  void a_range_that_nobody_need_understand_is_answered_with_the_whole(String range) {
    byte[] content = file("%PDF-1.7 ", 20_000, true);

    HttpResponse<byte[]> whole = ask("GET", shared(content), "Range", range);

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=20000-", "bytes=20000-20001", "bytes=-0"})
  void a_range_beyond_the_end_is_told_the_length(String range) {
    HttpResponse<byte[]> none = ask("GET", shared(file("%PDF-1.7 ", 20_000, true)), "Range", range);

    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("Content-Range")).contains("bytes */20000");
    assertThat(none.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(none.body()).isEmpty();
  }

  @Test
  void a_part_is_given_only_of_the_file_that_the_client_has_begun() {
    byte[] content = file("%PDF-1.7 ", 20_000, true);
    String url = shared(content);
    String etag = ask("HEAD", url).headers().firstValue("ETag").orElseThrow();

    assertThat(ask("GET", url, "Range", "bytes=9-", "If-Range", etag).statusCode()).isEqualTo(206);
    for (String other : List.of("\"other\"", "W/" + etag, "Wed, 21 Oct 2015 07:28:00 GMT")) {
      HttpResponse<byte[]> whole = ask("GET", url, "Range", "bytes=9-", "If-Range", other);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(content);
    }
    HttpResponse<byte[]> known = ask("GET", url, "Range", "bytes=9-", "If-None-Match", etag);
    assertThat(known.statusCode()).isEqualTo(304);
  }

  static Stream<String> texts() {
    return Stream.of(
        "/",
        "/register",
        "/assets/x/app.css",
        "/assets/x/chat/main.js",
        "/favicon.ico",
        "/socket.io/socket.io.js",
        "/socket.io/socket.io.min.js.map",
        "/api/rooms/{room}/messages",
        "/metrics",
        "/nothing/here");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_is_the_same_compressed_or_not_and_caches_know_which_it_is(String path) {
    String url = path.replace("{room}", "" + room);
    HttpResponse<byte[]> plain = ask("GET", url);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().allValues("Vary")).contains("Accept-Encoding");

    for (String refusing : List.of("identity", "gzip;q=0", "gzip; q=0.000, *;q=0", "br", "x")) {
      HttpResponse<byte[]> refused = ask("GET", url, "Accept-Encoding", refusing);
      assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    }
    for (String accepting : List.of("gzip", BROWSER)) {
      HttpResponse<byte[]> answer = ask("GET", url, "Accept-Encoding", accepting);
      assertThat(answer.statusCode()).isEqualTo(plain.statusCode());
      assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
      boolean compressed = answer.headers().firstValue("Content-Encoding").isPresent();
      assertThat(compressed).isEqualTo(plain.body().length >= 1_500);
      byte[] body = compressed ? unzipped(answer.body()) : answer.body();
      if (!path.equals("/metrics")) {
        assertThat(body).isEqualTo(plain.body());
      }
      HttpResponse<byte[]> head = ask("HEAD", url, "Accept-Encoding", accepting);
      assertThat(head.body()).isEmpty();
      head.headers()
          .firstValue("Content-Length")
          .ifPresent(length -> assertThat(length).isEqualTo("" + answer.body().length));
      answer
          .headers()
          .firstValue("ETag")
          .ifPresent(etag ->
              assertThat(ask("GET", url, "If-None-Match", etag).statusCode()).isEqualTo(304));
    }
  }

  private String shared(byte[] content) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--b\r\nContent-Disposition: form-data; name=\"room_id\"\r\n\r\n" + room + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    var answer =
        site.send(
            site.request("/api/upload", RunningSite.by(ada))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("fileUrl").asText();
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers) {
    HttpRequest.Builder request = site.request(path, RunningSite.by(ada));
    for (int i = 0; i < headers.length; i += 2) {
      if (!headers[i + 1].isEmpty()) {
        request.header(headers[i], headers[i + 1]);
      }
    }
    try {
      return client.send(
          request.method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " " + Arrays.toString(headers), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unzipped(byte[] body) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
