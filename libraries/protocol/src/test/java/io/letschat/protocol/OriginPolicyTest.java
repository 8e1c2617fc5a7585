package io.letschat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
  private static final OriginPolicy POLICY = new OriginPolicy("https://friend.example"::equals);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # Sec-Fetch-Site, Origin,                    Host,               verdict
          -,                -,                         chat.example,       OWN
          same-origin,      https://chat.example,      chat.example,       OWN
          same-site,        https://www.chat.example,  chat.example,       OWN
          none,             -,                         chat.example,       OWN
          cross-site,       -,                         chat.example,       FOREIGN
          Cross-Site,       https://evil.example,      chat.example,       FOREIGN
          cross-site,       https://friend.example,    chat.example,       ALLOWED
          -,                https://friend.example,    chat.example,       ALLOWED
          -,                https://chat.example,      chat.example,       OWN
          -,                http://chat.example,       chat.example:80,    OWN
          -,                https://chat.example:443,  Chat.Example,       OWN
          -,                HTTPS://chat.example:443,  chat.example,       OWN
          -,                http://localhost:3000,     localhost:4000,     FOREIGN
          -,                https://evil.example,      chat.example,       FOREIGN
          -,                https://chat.example,      '',                 FOREIGN
          -,                null,                      chat.example,       FOREIGN
          """)
  void pages_of_other_sites_are_foreign_unless_they_are_allowed(
      String site, String origin, String host, OriginPolicy.Verdict verdict) {
    Map<String, String> headers = new HashMap<>();
    headers.put("sec-fetch-site", site);
    headers.put("origin", origin);

    assertThat(POLICY.of(headers::get, host)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          https://Chat.Example.org,     https://chat.example.org
          https://chat.example.org/,    https://chat.example.org
          https://chat.example.org:443, https://chat.example.org
          http://chat.example.org:80,   http://chat.example.org
          http://localhost:3000,        http://localhost:3000
          https://chat.example.org:80,  https://chat.example.org:80
          https://chat.example.org/a,   -
          https://me@chat.example.org,  -
          ftp://chat.example.org,       -
          chat.example.org,             -
          *,                            -
          """)
  void an_origin_is_written_as_browsers_write_it(String written, String origin) {
    assertThat(WebOrigin.parse(written).orElse(null)).isEqualTo(origin);
  }
}
