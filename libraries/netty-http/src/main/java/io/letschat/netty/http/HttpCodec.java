package io.letschat.netty.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;

/** The HTTP codec of a connection: Netty's server codec, or a decoder and an encoder. */
public final class HttpCodec {
  /** The decoder last: it hands on what it has read already, which is no HTTP any more. */
  private static final List<Class<? extends ChannelHandler>> PARTS =
      List.of(HttpResponseEncoder.class, HttpRequestDecoder.class, HttpServerCodec.class);

  private HttpCodec() {}

  /** Removes the codec from the pipeline of a connection that now speaks another protocol. */
  public static void remove(ChannelPipeline pipeline) {
    for (Class<? extends ChannelHandler> part : PARTS) {
      if (pipeline.get(part) != null) {
        pipeline.remove(part);
      }
    }
  }
}
