package io.letschat.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedAddressTest {
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
          -,                                        unknown
          """)
  void an_ipv6_address_counts_by_its_network(String address, String counted) {
    assertThat(CountedAddress.of(address)).isEqualTo(counted);
  }
}
