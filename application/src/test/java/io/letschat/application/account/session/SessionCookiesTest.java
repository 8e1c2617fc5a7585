package io.letschat.application.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {
  private final SessionCookies cookies = SessionCookies.of("one secret");
  private final String name = cookies.name();

  @Test
  void installations_have_names_of_their_own_and_the_nodes_of_one_have_the_same() {
    assertThat(SessionCookies.of("one secret").name()).isEqualTo(name);
    assertThat(SessionCookies.of("another secret").name()).isNotEqualTo(name);
    assertThat(name).matches("letschat_session_[0-9a-f]{10}");
  }

  @Test
  void all_of_that_name_are_candidates_and_then_those_of_the_earlier_name() {
    String header =
        "theme=dark; letschat_session=c; "
            + name
            + "=a;"
            + name
            + "=\"b\"; "
            + name
            + "=; x"
            + name;

    assertThat(cookies.tokens(List.of(header, name + "=d"))).containsExactly("a", "b", "d", "c");
    assertThat(cookies.tokens(List.of())).isEmpty();
    assertThat(cookies.isCurrent(List.of(header), "b")).isTrue();
    assertThat(cookies.isCurrent(List.of(header), "c")).isFalse();
    assertThat(cookies.isEarlier(List.of(header), "c")).isTrue();
  }

  @Test
  void the_cookie_of_another_installation_is_none() {
    String other = SessionCookies.of("another secret").name();

    assertThat(cookies.tokens(List.of(other + "=a"))).isEmpty();
  }
}
