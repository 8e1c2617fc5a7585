package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.web.RunningSite.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {
  private static final String GOOD =
      "{\"email\":\"ada@example.org\",\"password\":\"a long password\",\"unknown\":{\"a\":[1]}}";

  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          application/json,       '',                                400, malformed_json
          application/json,       '{',                               400, malformed_json
          application/json,       '[]',                              400, malformed_json
          application/json,       'null',                            400, malformed_json
          application/json,       '"text"',                          400, malformed_json
          application/json,       '{"email":"a@b.example"} x',       400, malformed_json
          application/json,       '{"email":"a","email":"b"}',       400, malformed_json
          application/json,       'email=a',                         400, malformed_json
          text/plain,             '{}',                              415, unsupported_media_type
          application/xml,        '<a/>',                            415, unsupported_media_type
          multipart/form-data,    'x',                               415, unsupported_media_type
          """)
  void a_body_that_cannot_be_read_is_named_and_the_next_request_works(
      String type, String body, int status, String code) {
    Answer answer = site.post("/api/auth/register", type, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().get("message").asText()).endsWith(".");
    assertThat(site.json("/api/auth/register", GOOD).status()).isEqualTo(201);
  }

  @Test
  void a_request_without_a_type_is_refused() {
    Answer answer = site.ask("POST", "/api/auth/login");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("unsupported_media_type");
  }

  @Test
  void broken_json_is_told_where_it_breaks() {
    Answer answer = site.json("/api/auth/login", "{\"email\":\n  oops}");
    assertThat(answer.json().get("message").asText()).contains("line 2");
  }

  @Test
  void a_form_that_is_not_encoded_as_forms_are_is_refused() {
    Answer answer = site.post("/api/auth/login", "application/x-www-form-urlencoded", "email=%zz");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void a_type_may_carry_parameters() {
    Answer answer = site.post("/api/auth/register", "Application/JSON; charset=utf-8", GOOD);
    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void a_body_may_have_64_kib_and_not_a_byte_more() {
    String start = "{\"email\":\"ada@example.org\",\"password\":\"a long password\",\"x\":\"";
    String fits = start + "y".repeat(64 * 1024 - start.length() - 2) + "\"}";

    assertThat(site.json("/api/auth/register", fits).status()).isEqualTo(201);

    Answer answer = site.json("/api/auth/register", fits + " ");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("body_too_large");
    byte[] bytes = (fits + " ").getBytes(StandardCharsets.UTF_8);
    Answer chunked =
        site.send(
            site.request("/api/auth/register")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build());
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.code()).isEqualTo("body_too_large");
  }
}
