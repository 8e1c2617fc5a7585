package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarTest {
  private static final String GIF = "GIF89a and so on";

  private final RunningSite site = new RunningSite();
  private final String ada = site.signedUp("ada");
  private final String bob = site.signedUp("bob");
  private final long adasId = site.get("/api/auth/me", by(ada)).json().at("/user/id").asLong();

  @AfterEach
  void nothing_is_left_in_the_temporary_folder() throws IOException {
    site.close();
    try (var files = Files.list(site.temporary)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_picture_is_changed_seen_by_others_and_removed() {
    assertThat(list(bob).at("/avatars").isEmpty()).isTrue();

    Answer changed = upload(ada, "avatar", GIF);
    assertThat(changed.status()).isEqualTo(303);
    assertThat(changed.header("Location")).isEqualTo("/profile?notice=avatar-changed");
    String url = list(bob).at("/avatars/" + adasId).asText();
    assertThat(url).matches("/avatars/[0-9a-f]{32}\\.gif");

    Answer seen = site.get(url, by(bob));
    assertThat(seen.body()).isEqualTo(GIF);
    assertThat(seen.header("Content-Type")).isEqualTo("image/gif");
    assertThat(seen.header("Cache-Control")).startsWith("private");
    assertThat(site.get("/profile", by(ada)).body()).contains(url);
    assertThat(site.get(url, "Accept", "application/json").status()).isEqualTo(401);

    upload(ada, "avatar", GIF);
    assertThat(site.get(url, by(bob)).status()).isEqualTo(404);
    assertThat(site.ask("POST", "/profile/avatar/remove", by(ada)).status()).isEqualTo(303);
    assertThat(list(bob).at("/avatars").isEmpty()).isTrue();
  }

  @Test
  void the_profile_page_says_why_a_picture_is_refused() {
    Answer large = upload(ada, "avatar", GIF + " ".repeat(1024 * 1024));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body()).contains("The file is larger than 1 MB.").contains("My picture");

    Answer page = upload(ada, "avatar", "<svg onload=alert(1)>");
    assertThat(page.status()).isEqualTo(415);
    assertThat(page.body()).contains("Please choose a JPEG, PNG, GIF or WebP image.");

    assertThat(upload(ada, "other", GIF).body()).contains("Please choose one file");
    assertThat(upload("", "avatar", GIF).status()).isIn(303, 401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ",x", "1.5", "99999999999999999999", "1,2,x"})
  void ids_that_are_no_numbers_are_refused(String ids) {
    assertThat(site.get("/api/avatars?ids=" + ids, by(ada)).status()).isEqualTo(422);
  }

  @Test
  void a_hundred_are_asked_for_at_most() {
    assertThat(site.get("/api/avatars?ids=1" + ",1".repeat(99), by(ada)).status()).isEqualTo(200);
    assertThat(site.get("/api/avatars?ids=1" + ",1".repeat(100), by(ada)).status()).isEqualTo(422);
    assertThat(site.get("/api/avatars", by(ada)).status()).isEqualTo(200);
  }

  private JsonNode list(String token) {
    return site.get("/api/avatars?ids=" + adasId + ",4711", by(token)).json();
  }

  private Answer upload(String token, String field, String content) {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\""
            + field
            + "\"; filename=\"me.gif\"\r\n\r\n"
            + content
            + "\r\n--x--\r\n";
    String[] who = token.isEmpty() ? new String[0] : by(token);
    return site.post("/profile/avatar", "multipart/form-data; boundary=x", body, who);
  }
}
