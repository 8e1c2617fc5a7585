package io.letschat.web.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.letschat.domain.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as the API speaks it: snake_case names, times as {@link
 * io.letschat.application.message.MessageView} has them.
 */
public final class ApiJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ApiJson() {}

  /** Answers with a record, its fields in snake_case. */
  public static void answer(Context ctx, int status, Object body) {
    ctx.status(status).contentType("application/json; charset=utf-8").result(bytes(body));
  }

  /** A record as it is answered. */
  public static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a body; anything but one JSON object is refused with what is wrong. */
  static JsonNode object(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      Sentence sentence =
          at == null
              ? Sentence.of("request.json")
              : Sentence.of("request.json-at")
                  .with("line", at.getLineNr())
                  .with("column", at.getColumnNr());
      throw ApiException.malformed("malformed_json", sentence);
    } catch (IOException e) {
      throw ApiException.malformed("malformed_json", Sentence.of("request.json"));
    }
    if (!node.isObject()) {
      throw ApiException.malformed(
          "malformed_json",
          node.isMissingNode()
              ? Sentence.of("request.json-empty")
              : Sentence.of("request.json-no-object"));
    }
    return node;
  }
}
