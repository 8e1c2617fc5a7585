package io.letschat.bootstrap.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.Visitor;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection of a Socket.IO client, over WebSocket, as light as it can be. */
final class LoadSocket {
  /** What happens to it, told on its event loop. */
  interface Ear {
    void connected();

    /** An event, as the JSON array that came. */
    void heard(String name, String arguments);

    void ended();
  }

  /** The connection ended before the answer came. */
  static final class EndedException extends IOException {
    private static final long serialVersionUID = 1L;

    EndedException() {
      super("the connection ended");
    }
  }

  private static final int LARGEST_FRAME = 4_000_000;

  private final String token;
  private final Ear ear;
  private final AtomicInteger nextAsked = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private volatile @Nullable Channel channel;
  private volatile boolean ended;

  private LoadSocket(String token, Ear ear) {
    this.token = token;
    this.ear = ear;
  }

  /** Begins to connect; the ear hears how that goes. */
  static LoadSocket open(EventLoopGroup loops, String address, String token, Ear ear) {
    var socket = new LoadSocket(token, ear);
    URI server = URI.create(address);
    URI uri =
        URI.create("ws://127.0.0.1:" + server.getPort() + "/socket.io/?EIO=4&transport=websocket");
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel made) {
                made.pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(8192))
                    .addLast(
                        new WebSocketClientProtocolHandler(
                            WebSocketClientProtocolConfig.newBuilder()
                                .webSocketUri(uri)
                                .maxFramePayloadLength(LARGEST_FRAME)
                                .handshakeTimeoutMillis(10_000)
                                .handleCloseFrames(false)
                                .build()))
                    .addLast(socket.new Reader());
              }
            })
        .connect("127.0.0.1", server.getPort())
        .addListener(connecting -> {
          if (!connecting.isSuccess()) {
            socket.end();
          }
        });
    return socket;
  }

  /** Sends the event; the answer is what the server acknowledges it with. */
  CompletableFuture<JsonNode> ask(String event, Map<String, ?> payload) {
    int id = nextAsked.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    write("42" + id + "[\"" + event + "\"," + json(payload) + "]");
    if (ended) {
      answer.completeExceptionally(new EndedException());
    }
    return answer;
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  private void write(String text) {
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    asked.values().forEach(answer -> answer.completeExceptionally(new EndedException()));
    ear.ended();
  }

  private static String json(Object value) {
    try {
      return Visitor.JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return Visitor.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Reader extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
      channel = ctx.channel();
      super.channelActive(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
      if (frame instanceof CloseWebSocketFrame) {
        ctx.close();
      } else if (frame instanceof TextWebSocketFrame said) {
        hear(ctx, said.text());
      }
    }

    private void hear(ChannelHandlerContext ctx, String text) {
      if (text.startsWith("0")) {
        write("40" + json(Map.of("token", token)));
      } else if (text.startsWith("40")) {
        ear.connected();
      } else if (text.equals("2")) {
        write("3");
      } else if (text.startsWith("42[\"")) {
        int end = text.indexOf('"', 4);
        ear.heard(text.substring(4, end), text.substring(2));
      } else if (text.startsWith("43")) {
        answer(text);
      } else if (text.startsWith("44")) {
        ctx.close();
      }
    }

    private void answer(String text) {
      int begin = text.indexOf('[');
      CompletableFuture<JsonNode> answer = asked.remove(Integer.parseInt(text.substring(2, begin)));
      if (answer != null) {
        answer.complete(parse(text.substring(begin)).get(0));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
