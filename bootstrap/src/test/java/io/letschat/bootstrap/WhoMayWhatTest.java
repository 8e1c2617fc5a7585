package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route and every event, for everybody who has no business there, and for ids that are none.
 */
class WhoMayWhatTest {
  private static final String BOUNDARY = "a-boundary";

  @TempDir private Path folder;

  /**
   * A request about a room, or about nothing in particular. {@code {room}} and {@code {user}} are
   * filled in.
   */
  private record Route(String method, String path, boolean room, boolean page) {}

  private static final List<Route> ROUTES =
      List.of(
          new Route("GET", "/api/auth/me", false, false),
          new Route("POST", "/api/auth/requestOTP", false, false),
          new Route("POST", "/api/auth/verifyEmail", false, false),
          new Route("GET", "/api/sessions", false, false),
          new Route("POST", "/api/sessions/revoke", false, false),
          new Route("POST", "/api/sessions/revokeAll", false, false),
          new Route("POST", "/profile", false, false),
          new Route("POST", "/join", false, false),
          new Route("GET", "/dashboard", false, true),
          new Route("GET", "/profile", false, true),
          new Route("GET", "/verify-email", false, true),
          new Route("GET", "/rooms/{room}", true, true),
          new Route("GET", "/api/rooms/{room}/messages", true, false),
          new Route("DELETE", "/api/rooms/{room}/members/me", true, false),
          new Route("DELETE", "/api/rooms/{room}/members/{user}", true, false),
          new Route("POST", "/api/upload", true, false));

  private static final List<String> NO_IDS =
      List.of(
          "4711",
          "0",
          "-1",
          "1.5",
          "1e3",
          "abc",
          "99999999999999999999999",
          "%7B%22id%22%3A1%7D",
          "1%00",
          "true",
          "null",
          "..");

  private static final List<String> EVENTS =
      List.of("join room", "leave room", "send message", "typing", "stop typing");

  @Test
  void routes_and_events_open_for_those_they_are_for_and_for_nobody_else() throws Exception {
    try (var chat =
            ChatProcess.start(
                folder,
                Map.of(
                    "RATE_LIMIT_GENERAL",
                    "off",
                    "RATE_LIMIT_UPLOAD",
                    "off",
                    "RATE_LIMIT_OTP_REQUEST",
                    "off"));
        var http = HttpClient.newHttpClient()) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      var stranger = Visitor.signsUp(chat.address(), "stranger");
      var removed = Visitor.signsUp(chat.address(), "removed");
      var signedOut = Visitor.signsUp(chat.address(), "signed.out");
      long room = ada.enters("tea", "secret");
      removed.enters("tea", "secret");
      signedOut.enters("tea", "secret");
      try (var removedsSocket = TestSocket.connect(removed);
          var signedOutsSocket = TestSocket.connect(signedOut)) {
        removedsSocket.joins(room);
        signedOutsSocket.joins(room);
        assertThat(ada.delete("/api/rooms/" + room + "/members/" + removed.userId()).status())
            .isEqualTo(204);
        signedOut.post("/api/auth/logout", Map.of());
        AwaitInProgram.until(
            () -> !signedOutsSocket.isConnected(), () -> "the socket of an ended session is open");
        eventsAreRefused(removedsSocket, room);
      }

      var failures = new ArrayList<String>();
      Map<String, String> nobodies =
          new LinkedHashMap<>(Map.of("no session", "", "a garbled session", "x.y.z"));
      nobodies.put("an ended session", signedOut.token());
      for (Route route : ROUTES) {
        for (var nobody : nobodies.entrySet()) {
          expect(
              http,
              chat.address(),
              route,
              nobody.getValue(),
              room,
              ada.userId(),
              route.page ? 303 : 401,
              nobody.getKey(),
              failures);
        }
        if (route.room) {
          expect(
              http,
              chat.address(),
              route,
              stranger.token(),
              room,
              ada.userId(),
              404,
              "a stranger",
              failures);
          expect(
              http,
              chat.address(),
              route,
              removed.token(),
              room,
              ada.userId(),
              404,
              "a removed member",
              failures);
          for (String id : NO_IDS) {
            int expected =
                route.path.equals("/api/upload") && !id.matches("-?[0-9]{1,18}")
                    ? 422
                    : id.equals("..") || id.contains("%00") ? -1 : 404;
            expect(
                http,
                chat.address(),
                route,
                ada.token(),
                id,
                ada.userId(),
                expected,
                "a member, room " + id,
                failures);
          }
        }
      }
      assertThat(failures).isEmpty();
      // Whoever is signed out already has what they asked for.
      assertThat(signedOut.post("/api/auth/logout", Map.of()).status()).isEqualTo(200);
      assertThat(ada.get("/api/rooms/" + room + "/messages").status()).isEqualTo(200);

      try (var strangers = TestSocket.connect(stranger)) {
        eventsAreRefused(strangers, room);
      }
      try (var none = TestSocket.tryToConnect(chat.address(), signedOut.token(), "websocket")) {
        assertThat(none.outcome()).isEqualTo("unauthorized");
      }
      assertThat(chat.log()).doesNotContain("ERROR");
    }
  }

  private static void eventsAreRefused(TestSocket socket, long room) {
    for (String event : EVENTS) {
      JsonNode answer = socket.ask(event, Map.of("room_id", room, "content", "let me in"));
      String expected =
          switch (event) {
            case "join room" -> "room_not_found";
            case "leave room" -> "";
            default -> "not_joined";
          };
      assertThat(answer.at("/error/code").asText()).as(event).isEqualTo(expected);
      for (Object id : List.of("1", 1.5, -1, 1e300, true, Map.of("id", room), List.of(room))) {
        assertThat(
                socket.ask(event, Map.of("room_id", id, "content", "x")).at("/error/code").asText())
            .as("%s with room_id %s", event, id)
            .isEqualTo("invalid_room_id");
      }
    }
  }

  private static void expect(
      HttpClient http,
      String address,
      Route route,
      String token,
      Object room,
      long user,
      int status,
      String who,
      List<String> failures)
      throws Exception {
    String path =
        route.path.replace("{room}", String.valueOf(room)).replace("{user}", String.valueOf(user));
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Accept", route.page ? "text/html" : "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (route.path.equals("/api/upload")) {
      request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
      request.POST(
          HttpRequest.BodyPublishers.ofString(
              multipart(String.valueOf(room)), StandardCharsets.ISO_8859_1));
    } else if (route.method.equals("POST")) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString("{}"));
    } else {
      request.method(route.method, HttpRequest.BodyPublishers.noBody());
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    // What is no path at all is refused by the front: any clear no will do.
    boolean asExpected =
        status < 0
            ? response.statusCode() >= 400 && response.statusCode() < 500
            : response.statusCode() == status;
    if (!asExpected) {
      failures.add(
          route.method
              + " "
              + path
              + " as "
              + who
              + ": "
              + response.statusCode()
              + " instead of "
              + status
              + " "
              + response.body());
    }
  }

  /** A PNG of one pixel, as ISO 8859-1. */
  private static String multipart(String room) {
    String png =
        new String(
            Base64.getDecoder()
                .decode(
                    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
            StandardCharsets.ISO_8859_1);
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"room_id\"\r\n\r\n"
        + room
        + "\r\n--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n"
        + png
        + "\r\n--"
        + BOUNDARY
        + "--\r\n";
  }
}
