package io.letschat.engineio.polling;

import io.letschat.engineio.EngineRejectReason;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Status and body of a rejected request: Node's codes and words where it has them. */
record TransportRejection(HttpResponseStatus status, String json) {
  static TransportRejection of(EngineRejectReason rejectReason) {
    return switch (rejectReason) {
      case UNKNOWN_TRANSPORT -> badRequest(0, "Transport unknown");
      case UNKNOWN_SESSION -> badRequest(1, "Session ID unknown");
      case BAD_HANDSHAKE_METHOD -> badRequest(2, "Bad handshake method");
      case UNSUPPORTED_VERSION -> badRequest(5, "Unsupported protocol version");
      case FOREIGN_ORIGIN ->
          new TransportRejection(
              HttpResponseStatus.FORBIDDEN,
              "{\"code\":\"foreign_origin\",\"message\":\"Requests from this site are not allowed.\"}");
      case QUERY_TOO_LONG -> of(HttpResponseStatus.REQUEST_URI_TOO_LONG, 3, "URI too long");
      case TOO_MANY_SESSIONS -> of(HttpResponseStatus.TOO_MANY_REQUESTS, 4, "Too many sessions");
      case STOPPING -> of(HttpResponseStatus.SERVICE_UNAVAILABLE, 4, "Stopping");
      case UNAVAILABLE -> of(HttpResponseStatus.SERVICE_UNAVAILABLE, 4, "Unavailable");
      case OVERLOADED -> of(HttpResponseStatus.SERVICE_UNAVAILABLE, 4, "Overloaded");
      case PAYLOAD_TOO_LARGE ->
          of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, 3, "Payload too large");
      case BODY_TIMEOUT -> of(HttpResponseStatus.REQUEST_TIMEOUT, 3, "Request timeout");
      default -> badRequest(3, "Bad request");
    };
  }

  private static TransportRejection badRequest(int code, String message) {
    return of(HttpResponseStatus.BAD_REQUEST, code, message);
  }

  private static TransportRejection of(HttpResponseStatus status, int code, String message) {
    return new TransportRejection(
        status, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }
}
