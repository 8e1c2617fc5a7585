package io.letschat.engineio.polling;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineTransport;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.packet.PayloadEncoder;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.OutboundQueue;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session's client that polls: a GET that waits for packets and a POST that waits
 * for its body to be read or handled, one of each at a time. Guarded by the session's monitor.
 */
public final class LongPolling {
  /** How long the poll of a client that leaves may be on its way. */
  private static final Duration POLL_WAIT = Duration.ofMillis(500);

  private final EngineSession session;
  private final boolean base64Only;
  private @Nullable PollingExchange poll;
  private @Nullable PollingExchange post;
  private boolean postHandled;

  /** The POST by which the client closes, while its poll may still be on its way. */
  private @Nullable PollingExchange closePost;

  public LongPolling(EngineSession session, boolean base64Only) {
    this.session = session;
    this.base64Only = base64Only;
  }

  // ---- what the client asks, on its connections' event loops

  /** A GET of this session. */
  public void onPoll(PollingExchange exchange) {
    synchronized (session) {
      if (session.isClosed() || session.transport() != EngineTransport.POLLING) {
        reject(exchange);
        return;
      }
      if (poll == null) {
        poll = exchange;
        if (closePost == null) {
          session.sender().onPollWaiting();
          return;
        }
      }
    }
    if (closePost == null) {
      overlap(exchange);
    } else {
      leave();
    }
  }

  /**
   * The head of a POST of this session; false when it was rejected. A session that is closing takes
   * it, too: its client may send a close packet instead of polling for ours.
   */
  public boolean onPost(PollingExchange exchange) {
    synchronized (session) {
      if (session.isClosed() || session.transport() != EngineTransport.POLLING) {
        reject(exchange);
        return false;
      }
      if (post == null) {
        post = exchange;
        postHandled = false;
        return true;
      }
    }
    overlap(exchange);
    return false;
  }

  private void reject(PollingExchange exchange) {
    exchange.reject(
        session.isClosed() ? EngineRejectReason.UNKNOWN_SESSION : EngineRejectReason.BAD_REQUEST);
  }

  private void overlap(PollingExchange second) {
    session.end(CloseReason.TRANSPORT_ERROR);
    second.reject(EngineRejectReason.POLL_OVERLAP);
  }

  /** The packets of a POST; it is answered once the listener is ready for more. */
  void onPostBody(PollingExchange exchange, List<ReceivedPacket> packets) {
    for (ReceivedPacket packet : packets) {
      if (packet instanceof ReceivedPacket.Text(char type, String data) && type == '1') {
        closedByClient(exchange);
        return;
      }
      session.receiver().onPacket(packet);
    }
    synchronized (session) {
      if (post == exchange) {
        postHandled = true;
      }
      if (!session.receiver().isPaused() || session.isClosed()) {
        answerHandledPost();
      }
    }
  }

  /**
   * A client that leaves has a poll open. Where there is none it is on another connection, whose
   * event loop has not read it yet: it was sent before the close is answered, so it is waited for,
   * rather than told that there is no such session.
   */
  private void closedByClient(PollingExchange exchange) {
    synchronized (session) {
      if (poll == null && session.isOpen() && session.schedule(this::leave, POLL_WAIT) != null) {
        closePost = exchange;
        return;
      }
    }
    leave();
  }

  private void leave() {
    synchronized (session) {
      postHandled = true;
      answerWith('6');
    }
    session.end(CloseReason.TRANSPORT_CLOSE);
  }

  /** A POST that brought nothing: rejected, timed out or too large. */
  public void onPostFailed(PollingExchange exchange) {
    synchronized (session) {
      if (post == exchange) {
        post = null;
      }
    }
  }

  /** The connection of a request went away before its answer. */
  public void onLost(PollingExchange exchange) {
    boolean waiting;
    boolean leaving;
    synchronized (session) {
      leaving = closePost == exchange;
      waiting = poll == exchange || post == exchange;
      if (poll == exchange) {
        poll = null;
      }
      if (post == exchange) {
        post = null;
      }
    }
    if (waiting) {
      session.end(leaving ? CloseReason.TRANSPORT_CLOSE : CloseReason.TRANSPORT_ERROR);
    }
  }

  // ---- what the session answers, holding its monitor

  public boolean isPollWaiting() {
    return poll != null;
  }

  /** Answers a waiting poll with all that is queued. */
  public void answer(OutboundQueue queue) {
    PollingExchange answered = takePoll();
    if (answered != null) {
      boolean binary = session.version() == EngineVersion.V3 && !base64Only && queue.hasBinary();
      answered.payload(queue.takePayload(session.version(), binary), binary);
    }
  }

  /** Answers a waiting poll, which is returned, with a packet that jumps the queue. */
  public @Nullable PollingExchange answerWith(char type) {
    PollingExchange answered = takePoll();
    if (answered != null) {
      EnginePacket packet = EnginePacket.text(type, "");
      ByteBuf payload = PayloadEncoder.text(session.version(), List.of(packet));
      packet.release();
      answered.payload(payload, false);
    }
    return answered;
  }

  /** Answers a waiting poll, which is returned, so that the client knows of the session's end. */
  public @Nullable PollingExchange answerEnd(CloseReason reason) {
    Optional<EngineRejectReason> rejection = reason.rejection();
    if (rejection.isEmpty()) {
      return answerWith('1');
    }
    PollingExchange answered = takePoll();
    if (answered != null) {
      answered.respondWith(rejection.get());
    }
    return answered;
  }

  private @Nullable PollingExchange takePoll() {
    PollingExchange taken = poll;
    poll = null;
    return taken;
  }

  /** Answers the POST whose packets have been handed on, if there is one. */
  public void answerHandledPost() {
    if (postHandled && post != null) {
      post.ok();
      post = null;
    }
  }

  /**
   * A WebSocket takes over. A client that keeps to the rules has no request open; one that came too
   * early is told as if it came after.
   */
  public void rejectOpenRequests() {
    PollingExchange early = takePoll();
    if (early != null) {
      early.reject(EngineRejectReason.BAD_REQUEST);
    }
    if (post != null) {
      post.reject(EngineRejectReason.BAD_REQUEST);
      post = null;
    }
  }
}
