package io.letschat.gateway.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.function.BooleanSupplier;

/** Netty's encoder, which leaves out the body of an answer to HEAD. */
public final class ResponseEncoder extends HttpResponseEncoder {
  private final BooleanSupplier answersHead;

  public ResponseEncoder(BooleanSupplier answersHead) {
    this.answersHead = answersHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    return super.isContentAlwaysEmpty(response) || (!interim && answersHead.getAsBoolean());
  }
}
