package io.letschat.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why the gateway itself answers a request.
 *
 * @param code stable, for programs: the {@code code} of the answer and the reason that is counted
 * @param message a sentence for people
 */
public record HttpRejection(HttpResponseStatus status, String code, String message) {
  private static final HttpResponseStatus BAD = HttpResponseStatus.BAD_REQUEST;

  static final HttpRejection MALFORMED =
      new HttpRejection(BAD, "malformed_request", "The request is not well-formed HTTP.");
  static final HttpRejection BAD_TARGET =
      new HttpRejection(
          BAD, "bad_target", "The address of the request is not a path on this server.");
  static final HttpRejection BAD_METHOD =
      new HttpRejection(BAD, "bad_method", "The method of the request is not served here.");
  static final HttpRejection BAD_HOST =
      new HttpRejection(BAD, "bad_host", "The request must name one valid host.");
  static final HttpRejection BAD_LENGTH =
      new HttpRejection(
          BAD, "bad_length", "The request does not say clearly how long its body is.");
  static final HttpRejection BAD_BODY =
      new HttpRejection(BAD, "bad_body", "The body of the request is not well-formed.");
  static final HttpRejection LINE_TOO_LONG =
      new HttpRejection(
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "request_line_too_long",
          "The address of the request is too long.");
  static final HttpRejection HEADERS_TOO_LARGE =
      new HttpRejection(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "headers_too_large",
          "The headers of the request are too large.");
  static final HttpRejection METHOD_NOT_ALLOWED =
      new HttpRejection(
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          "method_not_allowed",
          "The method of the request is not served here.");
  static final HttpRejection EXPECTATION =
      new HttpRejection(
          HttpResponseStatus.EXPECTATION_FAILED,
          "expectation_failed",
          "The only expectation that is met is 100-continue.");
  static final HttpRejection VERSION =
      new HttpRejection(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
          "http_version",
          "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  static final HttpRejection SLOW_HEADERS =
      new HttpRejection(
          HttpResponseStatus.REQUEST_TIMEOUT, "slow_headers", "The request took too long to come.");
  static final HttpRejection SLOW_BODY =
      new HttpRejection(
          HttpResponseStatus.REQUEST_TIMEOUT,
          "slow_body",
          "The body of the request took too long to come.");
  public static final HttpRejection NO_SOCKET_HERE =
      new HttpRejection(HttpResponseStatus.NOT_FOUND, "not_found", "There is no WebSocket here.");
  public static final HttpRejection UNAVAILABLE =
      new HttpRejection(
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "unavailable",
          "The server cannot answer at the moment. Please try again soon.");
}
