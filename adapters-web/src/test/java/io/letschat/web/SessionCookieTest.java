package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.web.RunningSite.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of the cookies that a browser sends is the session's. */
class SessionCookieTest {
  private static final String NAME = RunningSite.COOKIES.name();

  private final RunningSite site = new RunningSite();
  private final String token = site.signedUp("ada");

  @AfterEach
  void stop() {
    site.close();
  }

  /** A browser sends the cookie of the longer path first, and does not say whose it is. */
  @Test
  void rubbish_of_the_same_name_in_front_does_not_sign_anybody_out() {
    String ended = site.signedUp("bob");
    site.ask("POST", "/api/auth/logout", RunningSite.by(ended));

    for (String rubbish : List.of("x", "", "token-of-nobody", ended)) {
      String cookies = "a=b; " + NAME + "=" + rubbish + "; " + NAME + "=" + token;
      assertThat(me(cookies).status()).as(rubbish).isEqualTo(200);
    }
    assertThat(me(NAME + "=x; " + NAME + "=" + ended).status()).isEqualTo(401);
  }

  @Test
  void a_session_from_before_names_differed_goes_on_under_the_own_name() {
    Answer answer = me("letschat_session=" + token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Set-Cookie"))
        .startsWith(NAME + "=" + token + ";")
        .contains("Max-Age=86400", "HttpOnly", "SameSite=Lax");
    assertThat(me(answer.cookie()).status()).isEqualTo(200);
    assertThat(me(answer.cookie()).header("Set-Cookie")).isEmpty();
    // Another installation has signed somebody in, by the earlier name or its own.
    assertThat(me("letschat_session=theirs; " + answer.cookie()).status()).isEqualTo(200);
    assertThat(me("letschat_session_0011223344=theirs; " + answer.cookie()).status())
        .isEqualTo(200);
  }

  @Test
  void who_signs_out_leaves_no_cookie_behind_but_those_of_others() {
    String both = "letschat_session=" + token + "; " + NAME + "=" + token;
    assertThat(cleared(both)).containsExactlyInAnyOrder(NAME, "letschat_session");

    String again = site.signedUp("bob");
    assertThat(cleared("letschat_session=theirs; " + NAME + "=" + again)).containsExactly(NAME);
  }

  private List<String> cleared(String cookies) {
    Answer out = site.ask("POST", "/api/auth/logout", "Cookie", cookies);
    assertThat(out.status()).isEqualTo(200);
    List<String> set = out.response().headers().allValues("Set-Cookie");
    assertThat(set).allMatch(cookie -> cookie.contains("1970"));
    return set.stream().map(cookie -> cookie.split("=", 2)[0]).toList();
  }

  private Answer me(String cookies) {
    return site.get("/api/auth/me", "Cookie", cookies);
  }
}
