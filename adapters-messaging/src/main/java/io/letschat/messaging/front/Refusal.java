package io.letschat.messaging.front;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why the front itself answers a request.
 *
 * @param code stable, for programs: the {@code code} of the answer and the reason that is counted
 * @param message a sentence for people
 */
record Refusal(HttpResponseStatus status, String code, String message) {
  private static final HttpResponseStatus BAD = HttpResponseStatus.BAD_REQUEST;

  static final Refusal MALFORMED =
      new Refusal(BAD, "malformed_request", "The request is not well-formed HTTP.");
  static final Refusal BAD_TARGET =
      new Refusal(BAD, "bad_target", "The address of the request is not a path on this server.");
  static final Refusal BAD_METHOD =
      new Refusal(BAD, "bad_method", "The method of the request is not served here.");
  static final Refusal BAD_HOST =
      new Refusal(BAD, "bad_host", "The request must name one valid host.");
  static final Refusal BAD_LENGTH =
      new Refusal(BAD, "bad_length", "The request does not say clearly how long its body is.");
  static final Refusal BAD_BODY =
      new Refusal(BAD, "bad_body", "The body of the request is not well-formed.");
  static final Refusal LINE_TOO_LONG =
      new Refusal(
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "request_line_too_long",
          "The address of the request is too long.");
  static final Refusal HEADERS_TOO_LARGE =
      new Refusal(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "headers_too_large",
          "The headers of the request are too large.");
  static final Refusal METHOD_NOT_ALLOWED =
      new Refusal(
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          "method_not_allowed",
          "The method of the request is not served here.");
  static final Refusal EXPECTATION =
      new Refusal(
          HttpResponseStatus.EXPECTATION_FAILED,
          "expectation_failed",
          "The only expectation that is met is 100-continue.");
  static final Refusal VERSION =
      new Refusal(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
          "http_version",
          "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  static final Refusal SLOW_HEADERS =
      new Refusal(
          HttpResponseStatus.REQUEST_TIMEOUT, "slow_headers", "The request took too long to come.");
  static final Refusal SLOW_BODY =
      new Refusal(
          HttpResponseStatus.REQUEST_TIMEOUT,
          "slow_body",
          "The body of the request took too long to come.");
  static final Refusal NO_SOCKET_HERE =
      new Refusal(HttpResponseStatus.NOT_FOUND, "not_found", "There is no WebSocket here.");
  static final Refusal UNAVAILABLE =
      new Refusal(
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "unavailable",
          "The server cannot answer at the moment. Please try again soon.");
}
