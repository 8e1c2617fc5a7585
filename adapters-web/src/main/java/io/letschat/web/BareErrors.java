package io.letschat.web;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** For requests that do not get as far as our own handlers, such as paths that cannot be read. */
final class BareErrors extends ErrorHandler {
  private final byte[] body;

  BareErrors(Sentences sentences) {
    this.body =
        ApiJson.bytes(
            new Body(sentences.of(Sentence.of("request.unreadable")), "malformed_request"));
  }

  private record Body(String message, String code) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
