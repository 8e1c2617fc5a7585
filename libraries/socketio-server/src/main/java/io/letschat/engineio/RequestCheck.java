package io.letschat.engineio;

import io.letschat.engineio.session.EngineSession;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Decides on a request before its body is read. The order of the checks is Node's. */
record RequestCheck(EngineServer server) {
  /**
   * What is to be done: reject the request, or go on, with the session that it names if it names
   * one.
   */
  record Verdict(@Nullable EngineRejectReason rejection, @Nullable EngineSession session) {}

  Verdict of(EngineRequest request) {
    EngineTransport transport = request.transport();
    if (transport == null) {
      return reject(EngineRejectReason.UNKNOWN_TRANSPORT);
    }
    if (request.parameter("j") != null) {
      // JSONP, for browsers that nobody has any more.
      return reject(EngineRejectReason.BAD_REQUEST);
    }
    String sid = request.parameter("sid");
    return sid == null || sid.isEmpty()
        ? handshake(request, transport)
        : ofSession(request, transport, sid);
  }

  private Verdict handshake(EngineRequest request, EngineTransport transport) {
    if (!request.method().equals(HttpMethod.GET)) {
      return reject(EngineRejectReason.BAD_HANDSHAKE_METHOD);
    }
    if (request.isWebSocketUpgrade() != (transport == EngineTransport.WEBSOCKET)) {
      return reject(EngineRejectReason.BAD_REQUEST);
    }
    EngineVersion version = request.version();
    boolean served =
        version == EngineVersion.V4
            || (version == EngineVersion.V3 && server.settings().allowVersion3());
    return served ? new Verdict(null, null) : reject(EngineRejectReason.UNSUPPORTED_VERSION);
  }

  private Verdict ofSession(EngineRequest request, EngineTransport transport, String sid) {
    EngineSession session = server.session(sid);
    if (session == null) {
      return reject(EngineRejectReason.UNKNOWN_SESSION);
    }
    boolean get = request.method().equals(HttpMethod.GET);
    boolean fits =
        request.isWebSocketUpgrade()
            ? transport == EngineTransport.WEBSOCKET && get
            : transport == EngineTransport.POLLING
                && session.transport() == EngineTransport.POLLING
                && (get || request.method().equals(HttpMethod.POST));
    return fits ? new Verdict(null, session) : reject(EngineRejectReason.BAD_REQUEST);
  }

  private static Verdict reject(EngineRejectReason reason) {
    return new Verdict(reason, null);
  }
}
