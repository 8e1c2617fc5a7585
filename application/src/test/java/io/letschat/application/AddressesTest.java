package io.letschat.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private final Addresses below =
      new Addresses("/team/chat", Optional.of("https://example.org/team/chat"));

  @ParameterizedTest
  @CsvSource({
    "/team/chat/login, /login",
    "/team/chat/, /",
    "/team/chat, /",
    "/team/chat?room=tea, /?room=tea",
    "/team/chat/socket.io/?EIO=4, /socket.io/?EIO=4",
    "/login, /login",
    "/team/chatter, /team/chatter",
    "/team/chat%2Flogin, /team/chat%2Flogin",
    "/Team/Chat/login, /Team/Chat/login",
    "/team/chat/team/chat/login, /team/chat/login",
    "/team, /team",
    "*, *",
    "'', ''",
    "?room=tea, ?room=tea"
  })
  void the_base_path_is_taken_off_once_and_only_where_it_is_whole(String address, String path) {
    assertThat(below.within(address)).isEqualTo(path);
    assertThat(Addresses.AT_THE_ROOT.within(address)).isEqualTo(address);
  }

  @Test
  void what_goes_out_is_found_again() {
    for (Addresses addresses : new Addresses[] {below, Addresses.AT_THE_ROOT}) {
      for (String path : new String[] {"/", "/login?next=%2F", "/uploads/cat.png"}) {
        assertThat(addresses.within(addresses.of(path))).isEqualTo(path);
      }
    }
    assertThat(below.of("/login")).isEqualTo("/team/chat/login");
    assertThat(below.cookiePath()).isEqualTo("/team/chat");
    assertThat(Addresses.AT_THE_ROOT.cookiePath()).isEqualTo("/");
  }

  @Test
  void what_leaves_the_page_names_the_public_address_or_nothing() {
    assertThat(below.outside("/verify-email"))
        .contains("https://example.org/team/chat/verify-email");
    assertThat(Addresses.AT_THE_ROOT.outside("/verify-email")).isEmpty();
  }
}
