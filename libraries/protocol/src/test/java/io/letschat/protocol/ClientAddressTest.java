package io.letschat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          192.0.2.7,                                192.0.2.7
          2001:db8:1:2:3:4:5:6,                     2001:db8:1:2::/64
          2001:db8:1:2::9,                          2001:db8:1:2::/64
          2001:0db8:0001:0002:ffff:ffff:ffff:ffff,  2001:db8:1:2::/64
          2001:db8::9,                              2001:db8:0:0::/64
          ::1,                                      0:0:0:0::/64
          ::2:3:4:5:6,                              0:0:0:2::/64
          2001:db8:1:2:0:0:0:9%2,                   2001:db8:1:2::/64
          fe80::1%eth0,                             fe80:0:0:0::/64
          chat.example,                             unknown
          '',                                       unknown
          -,                                        unknown
          """)
  void an_ipv6_address_counts_by_its_network(String address, String counted) {
    assertThat(ClientAddress.network(ClientAddress.parse(address))).isEqualTo(counted);
  }

  @Test
  void a_connection_counts_as_what_its_address_does() {
    assertThat(ClientAddress.network(new InetSocketAddress("2001:db8:1:2::9", 4711)))
        .isEqualTo("2001:db8:1:2::/64");
    assertThat(ClientAddress.network(InetSocketAddress.createUnresolved("somewhere", 0)))
        .isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "::1, true", "192.0.2.7, false", "2001:db8::1, false"})
  void this_machine_is_known_by_its_loopback_addresses(String address, boolean loopback) {
    assertThat(ClientAddress.parse(address))
        .hasValueSatisfying(client -> assertThat(client.isLoopback()).isEqualTo(loopback));
  }
}
