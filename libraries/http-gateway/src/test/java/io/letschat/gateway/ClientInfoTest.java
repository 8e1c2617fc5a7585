package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientInfoTest {
  private static final TrustedProxies OURS = TrustedProxies.parse("loopback,10.0.0.0/8,fd00::/8");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                     | 203.0.113.9",
        "6.6.6.6, 203.0.113.9            | 203.0.113.9",
        "6.6.6.6, 203.0.113.9, 10.1.1.1  | 203.0.113.9",
        "10.9.9.9, 10.1.1.1              | 10.9.9.9",
        "203.0.113.9:4711                | 203.0.113.9",
        "2001:db8::9                     | 2001:db8::9",
        "[2001:db8::9]:4711, fd00::1     | 2001:db8::9",
        "::ffff:203.0.113.9              | 203.0.113.9",
        "203.0.113.9, unknown            | 127.0.0.1",
        "203.0.113.9, bad.example.org    | 127.0.0.1",
        "6.6.6.6, unknown, 10.1.1.1      | 10.1.1.1",
        "', ,'                           | 127.0.0.1"
      })
  void the_client_is_the_first_from_the_right_that_is_not_trusted(String chain, String client)
      throws UnknownHostException {
    var headers = new DefaultHttpHeaders().add("X-Forwarded-For", chain);

    assertThat(sender("127.0.0.1", headers, OURS).address())
        .isEqualTo(InetAddress.getByName(client));
  }

  @Test
  void nobody_is_believed_by_default() throws UnknownHostException {
    var headers =
        new DefaultHttpHeaders()
            .add("Host", "chat.example")
            .add("X-Forwarded-For", "6.6.6.6")
            .add("X-Forwarded-Proto", "https")
            .add("X-Forwarded-Host", "evil.example");

    assertThat(sender("127.0.0.1", headers, TrustedProxies.nobody()))
        .isEqualTo(
            new ClientInfo(InetAddress.getByName("127.0.0.1"), "http", "chat.example", false));
  }

  @Test
  void the_standard_header_is_read_where_the_other_is_absent() throws UnknownHostException {
    var headers =
        new DefaultHttpHeaders()
            .add("Host", "inner")
            .add(
                "Forwarded",
                "for=\"[2001:db8::9]:1\";proto=http;host=evil, For=203.0.113.9; Proto=HTTPS ;host=\"chat.example:8\"")
            .add("Forwarded", "for=10.1.1.1;proto=https;host=chat.example");

    assertThat(sender("10.2.2.2", headers, OURS))
        .isEqualTo(
            new ClientInfo(InetAddress.getByName("203.0.113.9"), "https", "chat.example", false));
  }

  @Test
  void a_host_that_is_none_and_an_unknown_scheme_are_not_taken_over() throws UnknownHostException {
    var headers =
        new DefaultHttpHeaders()
            .add("Host", "chat.example")
            .add("X-Forwarded-Host", "a/b")
            .add("X-Forwarded-Proto", "javascript");

    var clientInfo = sender("10.2.2.2", headers, OURS);

    assertThat(clientInfo.host()).isEqualTo("chat.example");
    assertThat(clientInfo.scheme()).isEqualTo("http");
  }

  @Test
  void the_port_of_a_client_is_nobody_s_business() throws UnknownHostException {
    var headers = new DefaultHttpHeaders().add("X-Forwarded-For", "203.0.113.9:4711");

    assertThat(sender("127.0.0.1", headers, OURS).socketAddress())
        .isEqualTo(new InetSocketAddress(InetAddress.getByName("203.0.113.9"), 0));
  }

  @Test
  void a_request_without_such_headers_is_direct_also_from_a_trusted_peer()
      throws UnknownHostException {
    var headers = new DefaultHttpHeaders().add("Host", "localhost:4000");

    assertThat(sender("127.0.0.1", headers, OURS).direct()).isTrue();
    assertThat(sender("127.0.0.1", headers.add("Via", "1.1 nginx"), OURS).direct()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "10.0.0.128/25, 10.0.0.129, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/9, fdff::1, false",
    "loopback, 127.8.8.8, true",
    "loopback, ::1, true",
    "LOOPBACK, 10.0.0.1, false",
    "private, 172.31.0.1, true",
    "private, 172.32.0.1, false",
    "linklocal, 169.254.1.1, true",
    "'', 127.0.0.1, false"
  })
  void trust_goes_by_address_network_or_word(String setting, String address, boolean trusted)
      throws UnknownHostException {
    assertThat(TrustedProxies.parse(setting).trusts(InetAddress.getByName(address)))
        .isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0",
        "10.0.0.1,",
        "proxy.example",
        "fe80::1%eth0",
        "::/129",
        "10.0.0.0/"
      })
  void a_malformed_setting_is_named_with_what_is_accepted(String setting) {
    assertThatThrownBy(() -> TrustedProxies.parse(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/8")
        .hasMessageContaining("loopback");
  }

  private static ClientInfo sender(String peer, HttpHeaders headers, TrustedProxies trusted)
      throws UnknownHostException {
    return ClientInfo.of(new InetSocketAddress(InetAddress.getByName(peer), 9), headers, trusted);
  }
}
