package io.letschat.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpPipeliningHandlerTest {
  private final List<String> seen = new ArrayList<>();
  private final EmbeddedChannel channel = channel(false);

  @Test
  void a_pipelined_request_waits_for_the_answer_before_it_and_reading_stops() {
    receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(seen).containsExactly("/1", "end");
    assertThat(channel.config().isAutoRead()).isFalse();

    answer(HttpResponseStatus.OK);

    assertThat(seen).containsExactly("/1", "end", "/2", "end");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void an_interim_response_ends_nothing() {
    receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");

    answer(HttpResponseStatus.CONTINUE);

    assertThat(seen).containsExactly("/1", "end");
  }

  @Test
  void the_body_of_the_current_request_flows_while_and_after_it_is_answered() {
    receive("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    receive("def");
    receive("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(seen).containsExactly("/1", "abc", "def", "end", "/2", "end");
  }

  @Test
  void a_waiting_request_keeps_its_body_in_order() {
    receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    receive("POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
    answer(HttpResponseStatus.OK);
    receive("def");

    assertThat(seen).containsExactly("/1", "end", "/2", "abc", "def", "end");
  }

  @Test
  void a_deep_pipeline_answered_at_once_is_served_in_order() {
    var eager = channel(true);
    eager.writeInbound(bytes("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50)));

    assertThat(seen).hasSize(100);
    assertThat(eager.config().isAutoRead()).isTrue();
    eager.finishAndReleaseAll();
  }

  @Test
  void a_pipeline_that_is_too_deep_is_answered_up_to_the_limit_and_closed() {
    receive("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".repeat(HttpPipeliningHandler.MOST_WAITING + 10));

    for (int i = 0; i < HttpPipeliningHandler.MOST_WAITING + 1; i++) {
      assertThat(channel.isOpen()).isTrue();
      answer(HttpResponseStatus.OK);
    }

    assertThat(seen).hasSize(2 * (HttpPipeliningHandler.MOST_WAITING + 1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void it_leaves_the_pipeline_when_the_protocol_is_switched() {
    receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");

    answer(HttpResponseStatus.SWITCHING_PROTOCOLS);

    assertThat(channel.pipeline().get(HttpPipeliningHandler.class)).isNull();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  private void receive(String text) {
    channel.writeInbound(bytes(text));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(response(status));
    channel.releaseOutbound();
  }

  private static DefaultFullHttpResponse response(HttpResponseStatus status) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    response.headers().set("Content-Length", 0);
    return response;
  }

  private EmbeddedChannel channel(boolean answersAtOnce) {
    return new EmbeddedChannel(
        new HttpServerCodec(),
        new HttpPipeliningHandler(),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest request) {
              seen.add(request.uri());
            }
            if (msg instanceof HttpContent content) {
              if (content.content().isReadable()) {
                seen.add(content.content().toString(StandardCharsets.ISO_8859_1));
              }
              if (content instanceof LastHttpContent) {
                seen.add("end");
                if (answersAtOnce) {
                  ctx.writeAndFlush(response(HttpResponseStatus.OK));
                }
              }
            }
            ReferenceCountUtil.release(msg);
          }
        });
  }
}
