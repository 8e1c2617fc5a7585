package io.letschat.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNodesTest {
  @ParameterizedTest
  @CsvSource({
    "letschat-0a1b2c3d4e5f-2-0123456789abcdef01234567, OURS",
    "letschat-0a1b2c3d4e5f-0123456789abcdef01234567, EARLIER_VERSION",
    "letschat-ffffffffffff-0123456789abcdef01234567, OTHER_INSTALLATION",
    "letschat-0123456789abcdef01234567,              OTHER_INSTALLATION",
    "letschat-,                                      OTHER_INSTALLATION",
    "emitter,                                        OTHER_SERVER",
    "0123456789ab,                                   OTHER_SERVER"
  })
  void a_uid_tells_whose_it_is(String uid, KnownNodes.Kind kind) {
    assertThat(new KnownNodes("0a1b2c3d4e5f").of(uid)).isEqualTo(kind);
  }
}
