package io.letschat.socketio.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestHeaderTimeoutHandlerTest {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new RequestHeaderTimeoutHandler(Duration.ofSeconds(5)));

  RequestHeaderTimeoutHandlerTest() {
    channel.freezeTime();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private void request() {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  @Test
  void a_connection_that_asks_nothing_is_closed() {
    pass(4);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void an_answer_may_take_its_time_and_the_next_request_may_not() {
    request();
    pass(60);
    assertThat(channel.isOpen()).isTrue();
    answer(HttpResponseStatus.OK);
    pass(4);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_websocket_is_left_alone() {
    request();
    answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
    pass(60);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.pipeline().get(RequestHeaderTimeoutHandler.class)).isNull();
  }
}
