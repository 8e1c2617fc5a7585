package io.letschat.gateway.http;

import io.letschat.protocol.RetryAfter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** What a refused request is answered: the API's error shape, or a small page for a browser. */
final class RejectionPage {
  private RejectionPage() {}

  /** The texts are our own and hold nothing that JSON or HTML would need escaped. */
  static FullHttpResponse of(HttpRejection httpRejection, boolean forBrowser) {
    var text =
        forBrowser
            ? "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><h1>%s</h1><p>%s</p></html>"
                .formatted(
                    httpRejection.status().reasonPhrase(),
                    httpRejection.status().reasonPhrase(),
                    httpRejection.message())
            : "{\"message\":\"%s\",\"code\":\"%s\"}"
                .formatted(httpRejection.message(), httpRejection.code());
    ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, httpRejection.status(), body);
    var headers = response.headers();
    headers.set(
        HttpHeaderNames.CONTENT_TYPE,
        forBrowser ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    headers.set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("x-content-type-options", "nosniff");
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'");
    if (httpRejection.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      headers.set(HttpHeaderNames.RETRY_AFTER, RetryAfter.seconds(RetryAfter.WHEN_UNAVAILABLE));
    }
    if (httpRejection.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      headers.set(HttpHeaderNames.ALLOW, RequestRules.METHODS_SERVED);
    }
    return response;
  }
}
