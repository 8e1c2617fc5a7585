package io.letschat.engineio.websocket;

import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineRequest;
import io.letschat.engineio.EngineServer;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.Handshake;
import io.letschat.engineio.polling.PollingExchange;
import io.letschat.engineio.session.EngineSession;
import io.letschat.netty.http.HttpCodec;
import io.letschat.netty.http.HttpPipeliningHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Turns a connection from HTTP to WebSocket (RFC 6455, 4.2). Extensions are not negotiated:
 * compression of chat-sized messages costs more than it saves.
 */
public final class WebSocketUpgrade {
  private WebSocketUpgrade() {}

  /** Switches the protocol and opens the session, or probes for the one that the request names. */
  public static void perform(
      ChannelHandlerContext ctx,
      EngineServer server,
      EngineRequest request,
      @Nullable EngineSession session,
      PollingExchange exchange) {
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    if (key == null || !isKey(key) || !"13".equals(version)) {
      exchange.reject(EngineRejectReason.BAD_REQUEST);
      return;
    }
    Handshake handshake = server.handshake(ctx.channel(), request);
    EngineRejectReason rejectReason = session == null ? server.rejection(handshake) : null;
    if (rejectReason != null) {
      exchange.reject(rejectReason);
      return;
    }
    var protocol = new Protocol(server.settings(), subprotocol(request));
    ctx.writeAndFlush(protocol.response(key));
    WebSocketHandler handler = new WebSocketHandler(server.settings());
    replacePipeline(ctx, protocol.frameDecoder(), handler);
    if (session == null) {
      EngineSession opened = server.openWebSocket(ctx.channel(), request, handshake);
      handler.carry(opened);
    } else {
      UpgradeProbe probe = new UpgradeProbe(session, ctx.channel(), server.settings());
      if (session.upgrade().start(probe)) {
        handler.probe(session, probe);
      } else {
        probe.fail();
      }
    }
    HttpCodec.remove(ctx.pipeline());
    if (ctx.channel() instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
      ctx.channel().close();
    }
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key.trim()).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The first one offered, as Node's server picks it: clients fail when none is picked. */
  private static @Nullable String subprotocol(EngineRequest request) {
    String offered = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    String first = offered == null ? "" : offered.split(",", 2)[0].trim();
    return first.isEmpty() ? null : first;
  }

  /**
   * Netty's handshaker, for its response and its frame decoder. Its {@code handshake} is not used:
   * it puts the decoder before the codec, which then hands the frames that came with the request on
   * behind it; and it accepts fewer forms of the Upgrade header, so it gets a plain request.
   */
  private static final class Protocol extends WebSocketServerHandshaker13 {
    Protocol(EngineSettings settings, @Nullable String subprotocol) {
      super(
          null,
          subprotocol,
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(settings.maxPayload())
              .allowExtensions(false)
              .closeOnProtocolViolation(false)
              .withUTF8Validator(false)
              .build());
    }

    FullHttpResponse response(String key) {
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
      HttpHeaders headers = request.headers();
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key.trim());
      subprotocols().forEach(first -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, first));
      return newHandshakeResponse(request, null);
    }

    ChannelHandler frameDecoder() {
      return newWebsocketDecoder();
    }
  }

  /**
   * Removes what belongs to HTTP. The codec is removed last, by the caller: it hands on what it has
   * already read, which are frames now.
   */
  private static void replacePipeline(
      ChannelHandlerContext ctx, ChannelHandler frameDecoder, WebSocketHandler handler) {
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addAfter(ctx.name(), "engine-websocket", handler);
    pipeline.addAfter(ctx.name(), "engine-frames", frameDecoder);
    if (pipeline.get(HttpPipeliningHandler.class) != null) {
      pipeline.remove(HttpPipeliningHandler.class);
    }
    pipeline.remove(ctx.handler());
  }
}
