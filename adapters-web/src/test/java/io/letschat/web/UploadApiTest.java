package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.InMemoryFileStore.Trouble;
import io.letschat.web.RunningSite.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadApiTest {
  private static final int MOST = 10 * 1024 * 1024;
  private static final String GIF = "GIF89a and so on";
  private static final String PDF = "%PDF-1.7 <script>alert(1)</script> %%EOF";
  private static final String BOUNDARY = "----a-boundary";

  private final RunningSite site = new RunningSite();
  private final String ada = site.signedUp("ada");
  private final String eve = site.signedUp("eve");
  private final long room =
      site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", by(ada))
          .json()
          .at("/room/id")
          .asLong();

  @AfterEach
  void nothing_is_left_in_the_temporary_folder() throws IOException {
    site.close();
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void a_file_is_shared_and_its_message_comes_back() {
    Answer answer = upload(ada, field("room_id", "" + room), file("cat.gif", GIF));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("success").asBoolean()).isTrue();
    String url = answer.json().get("fileUrl").asText();
    assertThat(url).matches("/uploads/[0-9a-f]{32}\\.gif");
    assertThat(answer.json().at("/message/content").asText()).isEqualTo(url);
    assertThat(answer.json().at("/message/message_type").asText()).isEqualTo("image");
    assertThat(answer.json().at("/message/file/type").asText()).isEqualTo("image/gif");
    assertThat(answer.json().at("/message/file/size").asInt()).isEqualTo(GIF.length());
    Answer history = site.get("/api/rooms/" + room + "/messages", by(ada));
    assertThat(history.json().at("/messages/0")).isEqualTo(answer.json().get("message"));
  }

  @Test
  void the_order_of_the_fields_does_not_matter() {
    assertThat(upload(ada, file("cat.gif", GIF), field("room_id", "" + room)).status())
        .isEqualTo(201);
  }

  static Stream<String> strangeNames() {
    return Stream.of(
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/cron.d/evil",
        "cat\0.gif",
        "cat.gif\u202egpj.exe",
        "x".repeat(5000) + ".gif",
        "<img src=x onerror=alert(1)>.gif",
        "",
        ".",
        "con");
  }

  @ParameterizedTest
  @MethodSource("strangeNames")
  void a_name_is_for_reading_and_nothing_else(String name) {
    Answer answer = upload(ada, field("room_id", "" + room), file(name, GIF));

    if (answer.status() != 201) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("malformed_form");
      return;
    }
    String kept = answer.json().at("/message/file/name").asText();
    assertThat(kept).doesNotContain("/", "\\", "\0", "\u202e").isNotBlank();
    assertThat(kept.length()).isLessThanOrEqualTo(100);
    Answer file = site.get(answer.json().get("fileUrl").asText(), by(ada));
    assertThat(file.header("Content-Disposition"))
        .matches("inline; filename\\*=UTF-8''[A-Za-z0-9._%-]+");
  }

  @Test
  void ten_megabytes_are_taken_and_one_byte_more_is_not() {
    String most = GIF + " ".repeat(MOST - GIF.length());
    assertThat(upload(ada, field("room_id", "" + room), file("large.gif", most)).status())
        .isEqualTo(201);

    Answer answer = upload(ada, field("room_id", "" + room), file("large.gif", most + " "));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("file_too_large");
    assertThat(answer.json().at("/fields/file").asText())
        .isEqualTo("The file is larger than 10 MB.");
  }

  @Test
  void a_file_that_does_not_say_its_length_is_measured_as_it_comes() {
    for (int more : new int[] {1, 64 * 1024}) {
      byte[] body =
          body(
              field("room_id", "" + room),
              file("large.gif", GIF + " ".repeat(MOST - GIF.length() + more)));
      Answer answer =
          site.send(
              site.request("/api/upload", by(ada))
                  .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                  .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                  .build());

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.code()).isEqualTo("file_too_large");
    }
    assertThat(site.chat.files.names()).isEmpty();
  }

  @Test
  void a_field_that_never_ends_is_too_large_as_well() {
    Answer answer = upload(ada, field("room_id", "1".repeat(MOST + 70_000)), file("cat.gif", GIF));

    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void what_is_no_picture_and_no_pdf_says_so_whatever_it_is_called() {
    for (String content : List.of("<svg/>", "<html>", "PK\3\4", "MZ", "")) {
      Answer answer = upload(ada, field("room_id", "" + room), file("cat.png", content));

      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.code()).isEqualTo("unsupported_file");
    }
    assertThat(site.chat.files.names()).isEmpty();
  }

  @Test
  void only_members_share() {
    assertThat(upload("", field("room_id", "" + room), file("cat.gif", GIF)).status())
        .isEqualTo(401);
    assertThat(upload(eve, field("room_id", "" + room), file("cat.gif", GIF)).status())
        .isEqualTo(404);
    assertThat(upload(ada, field("room_id", "4711"), file("cat.gif", GIF)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "{}", "99999999999999999999"})
  void a_room_that_is_no_number_is_named(String room) {
    Answer answer = upload(ada, field("room_id", room), file("cat.gif", GIF));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/fields/room_id").asText()).isNotEmpty();
  }

  @Test
  void one_file_is_asked_for() {
    assertThat(upload(ada, field("room_id", "" + room)).code()).isEqualTo("invalid_fields");
    assertThat(
            upload(ada, field("room_id", "" + room), file("a.gif", GIF), file("b.gif", GIF))
                .json()
                .at("/fields/file")
                .asText())
        .isNotEmpty();
    assertThat(
            upload(
                    ada,
                    field("room_id", "" + room),
                    field("client_message_id", "x".repeat(65)),
                    file("a.gif", GIF))
                .json()
                .at("/fields/client_message_id")
                .asText())
        .isNotEmpty();
  }

  @Test
  void what_is_no_such_form_is_refused() {
    assertThat(site.json("/api/upload", "{}", by(ada)).status()).isEqualTo(415);
    assertThat(site.form("/api/upload", Map.of("room_id", "1"), by(ada)).status()).isEqualTo(415);
    assertThat(site.post("/api/upload", "multipart/form-data", "x", by(ada)).status())
        .isEqualTo(400);
    assertThat(
            site.post("/api/upload", "multipart/form-data; boundary=x", "--x\r\nhalf", by(ada))
                .code())
        .isEqualTo("malformed_form");
  }

  @Test
  void a_store_that_is_away_is_told_and_the_form_can_be_sent_again() {
    site.chat.files.suffer(Trouble.REFUSES);
    Answer answer = upload(ada, field("room_id", "" + room), file("cat.gif", GIF));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("storage_unavailable");

    site.chat.files.suffer(Trouble.NONE);
    assertThat(upload(ada, field("room_id", "" + room), file("cat.gif", GIF)).status())
        .isEqualTo(201);
  }

  @Test
  void a_body_that_breaks_off_leaves_nothing() throws IOException {
    byte[] body = body(field("room_id", "" + room), file("cat.gif", GIF + " ".repeat(1_000_000)));
    try (var socket = new Socket("127.0.0.1", site.address().getPort())) {
      String head =
          "POST /api/upload HTTP/1.1\r\nHost: x\r\nX-LetsChat-Front: "
              + RunningSite.SECRET
              + "\r\nAuthorization: Bearer "
              + ada
              + "\r\nContent-Type: multipart/form-data; boundary="
              + BOUNDARY
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body, 0, body.length / 2);
      socket.getOutputStream().flush();
      until(() -> !temporaryFiles().isEmpty());
    }

    until(() -> temporaryFiles().isEmpty());
    assertThat(site.chat.files.names()).isEmpty();
    assertThat(site.chat.uploads.count()).isZero();
  }

  @Test
  void members_fetch_what_is_shared_and_browsers_keep_it() {
    Answer shared = upload(ada, field("room_id", "" + room), file("Grüße.gif", GIF));
    String url = shared.json().get("fileUrl").asText();

    Answer answer = site.get(url, by(ada));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(GIF);
    assertThat(answer.header("Content-Type")).isEqualTo("image/gif");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("inline; filename*=UTF-8''Gr%C3%BC%C3%9Fe.gif");
    Answer head = site.ask("HEAD", url, by(ada));
    assertThat(head.header("Content-Length")).isEqualTo("" + GIF.length());
    Answer known =
        site.get(url, "Authorization", "Bearer " + ada, "If-None-Match", answer.header("ETag"));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }

  @Test
  void nobody_else_fetches_it_even_with_its_etag() {
    Answer shared = upload(ada, field("room_id", "" + room), file("cat.gif", GIF));
    String url = shared.json().get("fileUrl").asText();

    assertThat(site.get(url, by(eve)).status()).isEqualTo(404);
    assertThat(site.get(url, "Authorization", "Bearer " + eve, "If-None-Match", "*").status())
        .isEqualTo(404);
    assertThat(site.get(url, "Accept", "application/json").status()).isEqualTo(401);
    assertThat(site.ask("DELETE", "/api/rooms/" + room + "/members/me", by(ada)).status())
        .isEqualTo(204);
    assertThat(site.get(url, by(ada)).status()).isEqualTo(404);
  }

  @Test
  void a_pdf_is_offered_for_saving_as_a_pdf() {
    Answer shared = upload(ada, field("room_id", "" + room), file("evil.html", PDF));

    Answer answer = site.get(shared.json().get("fileUrl").asText(), by(ada));

    assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''evil.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/uploads/../tmp/x",
        "/uploads/..%2f..%2fetc%2fpasswd",
        "/uploads/%2e%2e/secrets",
        "/uploads/0123456789abcdef0123456789abcdef.gif",
        "/uploads/0123456789abcdef0123456789abcdef.html",
        "/uploads/0123456789ABCDEF0123456789ABCDEF.gif",
        "/uploads/x%00.gif"
      })
  void other_paths_lead_nowhere(String path) {
    assertThat(site.get(path, by(ada)).status()).isIn(400, 404);
  }

  @Test
  void too_many_uploads_are_told_to_wait() throws IOException {
    try (var limited = new RunningSite(Map.of(Limit.UPLOAD, new Rate(1, Duration.ofMinutes(1))))) {
      String bob = limited.signedUp("bob");
      long room =
          limited
              .json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", by(bob))
              .json()
              .at("/room/id")
              .asLong();
      byte[] body = body(field("room_id", "" + room), file("cat.gif", GIF));

      assertThat(upload(limited, bob, body).status()).isEqualTo(201);
      Answer answer = upload(limited, bob, body);

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("60");
    }
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void until(Check check) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(site.temporary)) {
      return files.toList();
    }
  }

  private Answer upload(String token, byte[]... parts) {
    return upload(site, token, body(parts));
  }

  private static Answer upload(RunningSite site, String token, byte[] body) {
    String[] who = token.isEmpty() ? new String[0] : by(token);
    return site.send(
        site.request("/api/upload", who)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] body(byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static byte[] field(String name, String value) {
    return part("name=\"" + name + "\"", value);
  }

  private static byte[] file(String name, String content) {
    return part("name=\"file\"; filename=\"" + name + "\"", content);
  }

  private static byte[] part(String disposition, String content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition;
    return (head + "\r\n\r\n" + content + "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
