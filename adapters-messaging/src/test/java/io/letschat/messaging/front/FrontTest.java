package io.letschat.messaging.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrontTest {
  @Test
  void a_page_request_reaches_the_pages_and_its_answer_the_client() throws Exception {
    try (var setting = new FrontSetting(FakePages::echo);
        var client = setting.client()) {
      var answer = client.get("/rooms/1?x=y");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("get /rooms/1?x=y");
      assertThat(client.get("/again").text()).isEqualTo("get /again");
      assertThat(setting.pages().connections).hasValue(1);
    }
  }

  @Test
  void socket_and_page_requests_share_a_connection() throws Exception {
    try (var setting = new FrontSetting(FakePages::echo);
        var client = setting.client()) {
      assertThat(client.get("/a").text()).isEqualTo("get /a");
      assertThat(client.get("/socket.io/?EIO=4").text()).isEqualTo("socket /socket.io/?EIO=4");
      assertThat(client.get("/b").text()).isEqualTo("get /b");
      assertThat(setting.pages().calls).hasSize(2);
    }
  }
}
