package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.Addresses;
import io.letschat.web.RunningSite.Answer;
import io.letschat.web.http.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that a proxy shows at /chat. What comes in has lost the base path at the front. */
class BasePathTest {
  private static final String HOST = "https://example.org";
  private static final Pattern ADDRESS =
      Pattern.compile("\\s(?:href|src|action|data-invitation)=\"([^\"]*)\"");

  private final RunningSite site =
      new RunningSite(new Addresses("/chat", Optional.of(HOST + "/chat")));

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void every_address_in_every_page_is_below_it_and_leads_to_something() {
    String[] ada = by(site.signedUp("ada"));
    String room = within(joined("Kitchen", ada).json().get("redirect").asText());
    site.post(
        "/profile/avatar",
        "multipart/form-data; boundary=edge",
        "--edge\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.gif\"\r\n\r\n"
            + "GIF89a picture\r\n--edge--\r\n",
        ada);
    List<Answer> pages = new ArrayList<>();
    for (String path :
        List.of("/", "/?room=x", "/login?next=/rooms/1", "/register?next=/rooms/1")) {
      pages.add(site.get(path));
    }
    for (String path :
        List.of("/forgot-password", "/verify-otp", "/verify-otp?email=a@b.c", "/nothing")) {
      pages.add(site.get(path));
    }
    for (String path : List.of("/", "/dashboard", "/profile", "/verify-email", room, "/nothing")) {
      pages.add(site.get(path, ada));
    }

    List<String> seen = new ArrayList<>();
    for (Answer page : pages) {
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.body()).contains("data-base-path=\"/chat\"");
      ADDRESS.matcher(page.body()).results().map(found -> found.group(1)).forEach(seen::add);
    }
    assertThat(seen)
        .contains("/chat/", "/chat/login?next=%2Fchat%2Frooms%2F1", HOST + "/chat/?room=Kitchen")
        .anyMatch(address -> address.startsWith("/chat/avatars/"))
        .anyMatch(address -> address.startsWith("/chat/assets/"))
        .allMatch(address -> address.matches("#main|(" + HOST + ")?/chat/.*"));
    // The mailbox is for browsers on the same machine.
    seen.removeIf(address -> !address.startsWith("/") || address.endsWith("/dev/mailbox"));
    for (String address : new TreeSet<>(seen)) {
      assertThat(site.get(within(address), ada).status()).as(address).isIn(200, 303, 405);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/chat/rooms/7, /chat/rooms/7",
    "/rooms/7, /chat/rooms/7",
    "/chat, /chat/",
    "/other/site, /chat/other/site",
    "//evil.example, /chat/dashboard",
    "/chat//evil.example, /chat/dashboard",
    "https://evil.example, /chat/dashboard"
  })
  void the_way_on_after_the_login_stays_below_it(String next, String where) {
    site.signedUp("ada");
    var login = Map.of("email", "ada@example.org", "password", "a long password", "next", next);

    Answer form = site.form("/api/auth/login", login);

    assertThat(form.status()).isEqualTo(303);
    assertThat(form.header("Location")).isEqualTo(where);
    String body =
        login.entrySet().stream()
            .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(site.json("/api/auth/login", body).json().get("redirect").asText()).isEqualTo(where);
  }

  @Test
  void whoever_is_not_signed_in_is_led_to_the_login_below_it_and_back() {
    Answer answer = site.get("/rooms/7?a=b", "Accept", "text/html");
    assertThat(answer.header("Location")).isEqualTo("/chat/login?next=%2Fchat%2Frooms%2F7%3Fa%3Db");
    assertThat(site.get(within(answer.header("Location"))).body())
        .contains("name=\"next\" value=\"/chat/rooms/7?a=b\"");
    assertThat(site.form("/join", Map.of("room", "tea", "password", "x")).header("Location"))
        .isEqualTo("/chat/login?next=%2Fchat%2F%3Froom%3Dtea");
  }

  @Test
  void the_cookie_is_for_nobody_else_on_the_host_and_is_taken_back_where_it_was_set() {
    site.signedUp("ada");
    var login = Map.of("email", "ada@example.org", "password", "a long password");
    assertThat(site.form("/api/auth/login", login).header("Set-Cookie")).contains("; Path=/chat;");
    assertThat(site.form("/api/auth/logout", Map.of()).header("Set-Cookie"))
        .contains("; Path=/chat;");
  }

  @Test
  void programs_are_told_addresses_below_it_too() {
    String[] ada = by(site.signedUp("ada"));
    Answer joined = joined("Kitchen", ada);
    String room = joined.json().at("/room/id").asText();
    Answer shared =
        site.post(
            "/api/upload",
            "multipart/form-data; boundary=edge",
            "--edge\r\nContent-Disposition: form-data; name=\"room_id\"\r\n\r\n"
                + room
                + "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\""
                + "\r\n\r\nGIF89a picture\r\n--edge--\r\n",
            ada);

    assertThat(joined.json().get("redirect").asText()).isEqualTo("/chat/rooms/" + room);
    String file = shared.json().get("fileUrl").asText();
    assertThat(file).startsWith("/chat/uploads/");
    assertThat(shared.json().at("/message/content").asText()).isEqualTo(file);
    assertThat(site.get(within(file), ada).status()).isEqualTo(200);
    assertThat(site.get("/api/rooms/" + room + "/messages", ada).json().at("/messages/0/content"))
        .hasToString("\"" + file + "\"");
    assertThat(site.ask("POST", "/api/auth/logout").json().get("redirect").asText())
        .isEqualTo("/chat/");
  }

  @Test
  void no_route_begins_with_anything_that_a_base_path_may_begin_with() {
    assertThat(
            site.routes().stream()
                .map(route -> route.split("/", 3)[1])
                .filter(segment -> !segment.isEmpty()))
        .isSubsetOf(Links.FIRST_SEGMENTS);
  }

  private Answer joined(String room, String[] who) {
    return site.json("/join", "{\"room\":\"" + room + "\",\"password\":\"salt\"}", who);
  }

  private String within(String address) {
    return site.addresses.within(address);
  }
}
