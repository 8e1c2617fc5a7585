package io.letschat.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What the form of an answer depends on in the request, by its bare headers, which nobody may have
 * checked yet.
 *
 * @param modern whether the client speaks HTTP/1.1, chunks among other things
 * @param hasBody whether a body follows
 * @param awaitsContinue whether the client waits for a word before it sends its body
 * @param forBrowser whether the answer is for a person's eyes
 */
record RequestTraits(
    boolean toHead,
    boolean modern,
    boolean keepAlive,
    boolean hasBody,
    boolean awaitsContinue,
    boolean forBrowser) {
  static final RequestTraits NOTHING = new RequestTraits(false, true, true, false, false, false);

  static RequestTraits by(HttpRequest request) {
    var headers = request.headers();
    boolean hasBody =
        headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
            || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    return new RequestTraits(
        request.method().equals(HttpMethod.HEAD),
        request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0,
        HttpUtil.isKeepAlive(request),
        hasBody,
        HttpUtil.is100ContinueExpected(request),
        headers.get(HttpHeaderNames.ACCEPT, "").contains("text/html"));
  }

  /**
   * Sees to it that the client can tell where the answer ends (RFC 9112, 6.3), by chunks if need be
   * and possible; otherwise only the end of the connection tells it.
   *
   * @return whether it can tell without that
   */
  boolean delimit(HttpResponse response) {
    var headers = response.headers();
    if (!modern) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    }
    int status = response.status().code();
    boolean delimited =
        toHead
            || status == 204
            || status == 304
            || headers.contains(HttpHeaderNames.CONTENT_LENGTH)
            || HttpUtil.isTransferEncodingChunked(response);
    if (!delimited && modern) {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    return delimited || modern;
  }
}
