package io.letschat.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.letschat.domain.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What somebody sent: a JSON object or a form, at most {@value #MOST_BYTES} bytes. Who sends a form
 * is answered with a page.
 */
public final class FormOrJsonBody {
  static final int MOST_BYTES = 64 * 1024;
  private static final String FORM = "application/x-www-form-urlencoded";

  private final boolean form;
  private final Map<String, String> texts;
  private final Map<String, Sentence> wrongTypes;

  private FormOrJsonBody(
      boolean form, Map<String, String> texts, Map<String, Sentence> wrongTypes) {
    this.form = form;
    this.texts = texts;
    this.wrongTypes = wrongTypes;
  }

  /**
   * Reads the body.
   *
   * @throws ApiException 413 when it is too long, 415 when it is neither JSON nor a form, 400 when
   *     it is not legible
   */
  public static FormOrJsonBody of(Context ctx) {
    if (isForm(ctx)) {
      return new FormOrJsonBody(true, formFields(text(ctx)), Map.of());
    }
    String type = mediaType(ctx);
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      throw ApiException.of(
          415, "unsupported_media_type", Sentence.of("request.media-type").with("form", FORM));
    }
    var texts = new HashMap<String, String>();
    var wrong = new HashMap<String, Sentence>();
    for (Map.Entry<String, JsonNode> field : ApiJson.object(bytes(ctx)).properties()) {
      if (field.getValue().isTextual()) {
        texts.put(field.getKey(), field.getValue().textValue());
      } else if (!field.getValue().isNull()) {
        wrong.put(field.getKey(), Sentence.of("request.not-text").with("field", field.getKey()));
      }
    }
    return new FormOrJsonBody(false, texts, wrong);
  }

  /** Whether a request carries a form, so that its sender is a page without scripts. */
  public static boolean isForm(Context ctx) {
    return mediaType(ctx).equals(FORM);
  }

  public boolean isForm() {
    return form;
  }

  /** What was typed into a field, or nothing; to be shown again as it is. */
  public String typed(String field) {
    return texts.getOrDefault(field, "");
  }

  /** What is wrong with the fields that are no text; empty for a form. */
  Map<String, Sentence> wrongTypes() {
    return wrongTypes;
  }

  /**
   * Does what was asked for. A refusal goes back to a form as its page, and to anybody else as an
   * error.
   */
  public void attempt(Runnable action, Consumer<ApiException> page) {
    try {
      action.run();
    } catch (ApiException apiException) {
      if (!form) {
        throw apiException;
      }
      page.accept(apiException);
    }
  }

  private static String mediaType(Context ctx) {
    String type = ctx.req().getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(Context ctx) {
    if (ctx.req().getContentLengthLong() > MOST_BYTES) {
      throw tooLong();
    }
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw tooLong();
      }
      return bytes;
    } catch (IOException e) {
      throw ApiException.malformed("incomplete_body", Sentence.of("request.incomplete"));
    }
  }

  public static ApiException tooLong() {
    return ApiException.of(
        413,
        "body_too_large",
        Sentence.of("request.too-large").with("kibibytes", MOST_BYTES / 1024));
  }

  private static String text(Context ctx) {
    return new String(bytes(ctx), StandardCharsets.UTF_8);
  }

  private static Map<String, String> formFields(String body) {
    var fields = new HashMap<String, String>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      fields.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return fields;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.malformed("malformed_form", Sentence.of("request.form-encoding"));
    }
  }
}
