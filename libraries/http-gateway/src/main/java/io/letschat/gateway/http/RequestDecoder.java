package io.letschat.gateway.http;

import io.letschat.gateway.GatewayLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder, preceded by a look at the raw bytes of each head ({@link RawHeaderValidator})
 * for what Netty would silently repair. A head that fails becomes a request with a failed decoder
 * result, after which the connection's bytes are thrown away.
 */
public final class RequestDecoder extends HttpRequestDecoder {
  private final RawHeaderValidator scan = new RawHeaderValidator();
  private boolean body;
  private boolean refused;
  private long headerSince;
  private boolean headerBegun;

  public RequestDecoder(GatewayLimits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLine())
            .setMaxHeaderSize(limits.headers())
            .setMaxChunkSize(64 * 1024)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
  }

  /** Whether a head has begun and not ended, and if so since when (nanoTime). */
  boolean isInHeader() {
    return headerBegun;
  }

  long headerSince() {
    return headerSince;
  }

  /** Gives the client anew all the time for its head, after a while in which it was not read. */
  void restartHeaderTimeout(long now) {
    headerSince = now;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!body) {
      if (!headerBegun && in.isReadable()) {
        headerBegun = true;
        headerSince = System.nanoTime();
      }
      if (!scan.isSound(in)) {
        refused = true;
        in.skipBytes(in.readableBytes());
        out.add(malformed());
        return;
      }
    }
    int before = out.size();
    super.decode(ctx, in, out);
    for (Object decoded : out.subList(before, out.size())) {
      if (decoded instanceof HttpRequest) {
        body = true;
        headerBegun = false;
      }
      if (decoded instanceof LastHttpContent) {
        body = false;
        scan.restart();
      }
    }
  }

  private static HttpRequest malformed() {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/malformed");
    request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed head")));
    return request;
  }
}
