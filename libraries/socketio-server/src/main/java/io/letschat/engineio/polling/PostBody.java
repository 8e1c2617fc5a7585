package io.letschat.engineio.polling;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineRequest;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.packet.PacketDecoder;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.session.EngineSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The body of a POST while it comes in: bounded in bytes and in time. */
public final class PostBody {
  private final EngineSession session;
  private final PollingExchange exchange;
  private final EngineSettings settings;
  private final boolean binary;
  private final ByteBuf gathered;
  private final ScheduledFuture<?> timeout;

  public PostBody(
      ChannelHandlerContext ctx,
      EngineSession session,
      PollingExchange exchange,
      EngineRequest request,
      Runnable whenLate) {
    this.session = session;
    this.exchange = exchange;
    this.settings = session.server().settings();
    this.binary = isBinary(request);
    this.gathered = ctx.alloc().buffer(256);
    this.timeout =
        ctx.executor().schedule(whenLate, settings.bodyTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  public static boolean isBinary(EngineRequest request) {
    return "application/octet-stream".equals(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
  }

  /** False when it is getting too large. */
  public boolean add(ByteBuf chunk) {
    if (gathered.readableBytes() + chunk.readableBytes() > settings.maxPayload()) {
      return false;
    }
    gathered.writeBytes(chunk);
    return true;
  }

  /** Hands the packets to the session, which answers; a malformed body ends it. */
  public void complete() {
    timeout.cancel(false);
    List<ReceivedPacket> packets;
    try {
      packets =
          PacketDecoder.payload(
              session.version(), binary, gathered, settings.maxPacketsPerPayload());
    } catch (ReceivedPacket.Malformed e) {
      malformed(EngineRejectReason.MALFORMED_PACKET);
      return;
    } catch (ReceivedPacket.TooMany e) {
      malformed(EngineRejectReason.TOO_MANY_PACKETS);
      return;
    } finally {
      gathered.release();
    }
    session.polling().onPostBody(exchange, packets);
  }

  private void malformed(EngineRejectReason rejectReason) {
    session.polling().onPostFailed(exchange);
    session.end(CloseReason.PARSE_ERROR);
    exchange.reject(rejectReason);
  }

  /** The rest will not be read. */
  public void drop() {
    timeout.cancel(false);
    gathered.release();
    session.polling().onPostFailed(exchange);
  }
}
