package io.letschat.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Somebody who talks to the program over plain HTTP, with JSON and a token. */
public final class Visitor {
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final String address;
  private final String name;
  private final String token;
  private final long userId;

  public Visitor(String address, String name, String token, long userId) {
    this.address = address;
    this.name = name;
    this.token = token;
    this.userId = userId;
  }

  public static Visitor signsUp(String address, String name) {
    Response response =
        send(
            address,
            "POST",
            "/api/auth/register",
            "",
            Map.of(
                "email",
                name + "@example.org",
                "password",
                "password of " + name,
                "username",
                name));
    if (response.status != 201) {
      throw new AssertionError(response);
    }
    return new Visitor(
        address, name, response.body.get("token").asText(), response.body.at("/user/id").asLong());
  }

  public String name() {
    return name;
  }

  public String address() {
    return address;
  }

  public String token() {
    return token;
  }

  public long userId() {
    return userId;
  }

  public long enters(String room, String password) {
    Response response = post("/join", Map.of("room", room, "password", password));
    if (response.status != 200) {
      throw new AssertionError(response);
    }
    return response.body.at("/room/id").asLong();
  }

  public Response post(String path, Map<String, ?> body) {
    return send(address, "POST", path, token, body);
  }

  public Response get(String path) {
    return send(address, "GET", path, token, Map.of());
  }

  public Response delete(String path) {
    return send(address, "DELETE", path, token, Map.of());
  }

  /** Shares a file by the form that the page sends. */
  public Response uploads(long room, String name, byte[] content, String clientId) {
    String boundary = "form-" + System.nanoTime();
    var body = new ByteArrayOutputStream();
    body.writeBytes(field(boundary, "room_id", "" + room));
    body.writeBytes(field(boundary, "client_message_id", clientId));
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .formatted(boundary, name)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/upload"))
            .timeout(Duration.ofMinutes(3))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static byte[] field(String boundary, String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, value)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Gets something that is no JSON. Headers come in pairs of name and value. */
  public HttpResponse<byte[]> fetches(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public record Response(int status, JsonNode body) {}

  public static Response send(
      String address, String method, String path, String token, Map<String, ?> body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(Duration.ofSeconds(30))
              .header("Accept", "application/json");
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      if (method.equals("POST")) {
        request.header("Content-Type", "application/json");
        request.POST(
            HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(new HashMap<>(body))));
      } else {
        request.method(method, HttpRequest.BodyPublishers.noBody());
      }
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String text = response.body().isEmpty() ? "{}" : response.body();
      return new Response(response.statusCode(), JSON.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
