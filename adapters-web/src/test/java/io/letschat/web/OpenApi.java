package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** {@code docs/openapi.yaml}, and whether answers are what it says. */
final class OpenApi {
  private final JsonNode document;

  OpenApi(JsonNode document) {
    this.document = document;
  }

  static OpenApi read() {
    try {
      return new OpenApi(new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code GET /rooms/{id}}. */
  List<String> operations() {
    List<String> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        operations.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return operations;
  }

  JsonNode operation(String operation) {
    String[] words = operation.split(" ", 2);
    JsonNode found = document.get("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    assertThat(found.isMissingNode()).as("%s is not in the document", operation).isFalse();
    return found;
  }

  List<String> statuses(String operation) {
    List<String> statuses = new ArrayList<>();
    operation(operation).get("responses").fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  /** Fails where the answer is not what the document says, or says more. */
  void check(String operation, Answer answer) {
    String asked = operation + " answers " + answer.status();
    JsonNode response = resolved(operation(operation).get("responses").path("" + answer.status()));
    assertThat(response.isMissingNode())
        .as("%s, which is not in the document: %s", asked, answer.body())
        .isFalse();
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      assertThat(answer.header(header.getKey())).as("%s, %s", asked, header.getKey()).isNotEmpty();
    }
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).as(asked).isEmpty();
      return;
    }
    String type = answer.header("Content-Type").split(";", 2)[0].strip();
    JsonNode said = content.has("*/*") ? content.get("*/*") : content.path(type);
    assertThat(said.isMissingNode()).as("%s with %s", asked, type).isFalse();
    if (type.equals("application/json") && said.has("schema")) {
      check(said.get("schema"), answer.json(), asked + ": ");
    }
  }

  JsonNode schema(String name) {
    return document.at("/components/schemas/" + name);
  }

  /** Fails where the value is not of the schema, or has fields that it does not name. */
  void check(JsonNode unresolved, JsonNode value, String where) {
    JsonNode schema = resolved(unresolved);
    assertThat(types(schema)).as(where).contains(type(value));
    if (schema.has("const")) {
      assertThat(value).as(where).isEqualTo(schema.get("const"));
    }
    if (schema.has("enum")) {
      assertThat(schema.get("enum")).as(where).contains(value);
    }
    if (schema.has("pattern")) {
      assertThat(value.asText()).as(where).matches(schema.get("pattern").asText());
    }
    if (schema.path("format").asText().equals("date-time")) {
      assertThat(value.asText())
          .as(where)
          .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
    }
    for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
      check(schema.get("items"), item, where + "[]");
    }
    for (JsonNode name : schema.path("required")) {
      assertThat(value.has(name.asText())).as("%s.%s is there", where, name.asText()).isTrue();
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = where + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode expected = known.isMissingNode() ? schema.path("additionalProperties") : known;
      assertThat(expected.isMissingNode()).as("%s is not in the document", name).isFalse();
      check(expected, field.getValue(), name);
    }
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(type.asText());
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "nothing";
    };
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }
}
