package io.letschat.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.Addresses;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSettingsTest {
  @TempDir private Path folder;

  @Test
  void without_a_word_the_server_is_at_the_root_of_whatever_host_it_has() throws Exception {
    assertThat(read(Map.of())).isEqualTo(Addresses.AT_THE_ROOT);
    assertThat(read(Map.of("BASE_PATH", "", "PUBLIC_URL", ""))).isEqualTo(Addresses.AT_THE_ROOT);
    assertThat(read(Map.of("BASE_PATH", "/"))).isEqualTo(Addresses.AT_THE_ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "/chat, /chat",
    "/chat/, /chat",
    "/team/chat, /team/chat",
    "/~ada/c-h.a_t, /~ada/c-h.a_t",
    "/..., /..."
  })
  void a_path_is_taken_with_or_without_a_slash_at_its_end(String written, String path)
      throws Exception {
    assertThat(read(Map.of("BASE_PATH", written)).basePath()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat",
        "//chat",
        "/chat//x",
        "/chat?x",
        "/ch at",
        "/ch%61t",
        "/chät",
        "/a/../b",
        "/..",
        "/.",
        "/chat/.",
        "https://example.org/chat",
        "/chat;x",
        "/chat#x",
        "\\chat"
      })
  void what_is_no_plain_path_is_refused_with_what_is_accepted(String written) {
    assertThatThrownBy(() -> read(Map.of("BASE_PATH", written)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("BASE_PATH: is a path such as /chat or /team/chat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/rooms/", "/socket.io/chat", "/healthz"})
  void a_path_that_is_one_of_ours_is_refused(String written) {
    assertThatThrownBy(() -> read(Map.of("BASE_PATH", written)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("BASE_PATH: begins with /")
        .hasMessageContaining("which is a path of LetsChat's own; take another, such as /chat.");
  }

  @Test
  void the_public_address_says_the_base_path_too() throws Exception {
    assertThat(read(Map.of("PUBLIC_URL", "https://Example.org/chat/")))
        .isEqualTo(new Addresses("/chat", Optional.of("https://example.org/chat")));
    assertThat(read(Map.of("PUBLIC_URL", "http://chat.example.org:8080")))
        .isEqualTo(new Addresses("", Optional.of("http://chat.example.org:8080")));
    assertThat(read(Map.of("PUBLIC_URL", "https://example.org/chat", "BASE_PATH", "/chat/")))
        .isEqualTo(new Addresses("/chat", Optional.of("https://example.org/chat")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/chat, /talk, is /talk, /chat",
    "https://example.org, /chat, is /chat, /",
    "https://example.org/chat, /, is /, /chat"
  })
  void two_that_differ_stop_the_start(String url, String path, String is, String but) {
    assertThatThrownBy(() -> read(Map.of("PUBLIC_URL", url, "BASE_PATH", path)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(
            "BASE_PATH: " + is + ", but the path of PUBLIC_URL is " + but + "; say the same");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "ftp://example.org",
        "https://",
        "https://ada@example.org",
        "/chat",
        "https://example.org/?x",
        "https://example.org/#x",
        "https://example.org/a b"
      })
  void what_is_no_address_of_a_server_is_refused_with_what_is_accepted(String written) {
    assertThatThrownBy(() -> read(Map.of("PUBLIC_URL", written)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("PUBLIC_URL: is the address by which people reach this server");
  }

  private Addresses read(Map<String, String> settings) throws Exception {
    return SettingsReader.read(settings, folder, new SecureRandom()).addresses();
  }
}
