package io.letschat.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was seen and heard, a line each, with placeholders for what is another one in every run:
 * {@code <user1>} is the first user's id, wherever it stands.
 */
final class SessionRecord {
  /**
   * @param kind of the placeholder
   * @param numbered whether it is said which one it is
   */
  private record Changing(String kind, Pattern pattern, boolean numbered) {
    static Changing thing(String kind, String pattern) {
      return new Changing(kind, Pattern.compile(pattern), true);
    }

    static Changing value(String kind, String pattern) {
      return new Changing(kind, Pattern.compile(pattern), false);
    }
  }

  private static final List<Changing> CHANGING =
      List.of(
          Changing.value("time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"),
          Changing.value("date", "\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"),
          Changing.value("request", "(?i)(?<=x-request-id: )(\\S+)"),
          Changing.thing("token", "eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+"),
          Changing.thing("node", "(?:localhost|127\\.0\\.0\\.1):\\d{4,5}"),
          Changing.value("cookie", "letschat_session_[0-9a-f]{10}"),
          Changing.thing("file", "[0-9a-f]{32}(?=\\.\\w)"),
          Changing.value("hash", "(?<=W/\")(\\d+-[0-9a-f]+)"),
          Changing.value("proof", "(?<=\"@\\d{1,9}\\.\\d{1,9}\\.)([0-9a-f]{12})"),
          Changing.thing("room", "(?<=/rooms/)(\\d+)"),
          Changing.thing("user", "(?<=/members/)(\\d+)"),
          Changing.value("seconds", "(?<=Retry-After: |Max-Age=)(\\d+)"),
          Changing.value("seconds", "(?<=\"retry_after\":)(\\d+)"),
          Changing.value("wait", "(?<=Please wait )(\\d+ \\w+)"));

  /** Fields of JSON that hold the id of something, and of what. */
  private static final Map<String, String> IDS =
      Map.of("user_id", "user", "room_id", "room", "epoch", "epoch");

  private static final Pattern ID = Pattern.compile("\\d+|[\\w-]{12,}");

  private final Map<String, Map<String, String>> placeholders = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  /** What follows is about this. */
  void step(String what) {
    text.append('\n').append("# ").append(what).append('\n');
  }

  void line(String line) {
    text.append(stable(line)).append('\n');
  }

  void line(String line, JsonNode content) {
    line(line + " " + stable(content));
  }

  String text() {
    return text.toString();
  }

  /** JSON with placeholders for ids. */
  String stable(JsonNode content) {
    return stable(withPlaceholders(content).toString());
  }

  /** A line with placeholders. */
  String stable(String line) {
    String result = line;
    for (Changing changing : CHANGING) {
      result =
          changing
              .pattern
              .matcher(result)
              .replaceAll(found -> Matcher.quoteReplacement(placeholder(changing, found)));
    }
    return result;
  }

  private String placeholder(Changing changing, MatchResult found) {
    return changing.numbered
        ? placeholder(changing.kind, found.group())
        : "<" + changing.kind + ">";
  }

  private String placeholder(String kind, String value) {
    Map<String, String> known = placeholders.computeIfAbsent(kind, any -> new LinkedHashMap<>());
    return known.computeIfAbsent(value, any -> "<" + kind + (known.size() + 1) + ">");
  }

  private JsonNode withPlaceholders(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String name = entry.getKey();
        JsonNode value = entry.getValue();
        String kind = name.equals("id") ? kindOf(object) : IDS.getOrDefault(name, "");
        result.set(name, kind.isEmpty() ? withPlaceholders(value) : id(kind, value));
      }
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> result.add(withPlaceholders(element)));
      return result;
    }
    return node;
  }

  private static String kindOf(ObjectNode object) {
    if (object.has("room_name")) {
      return "room";
    }
    if (object.has("content")) {
      return "message";
    }
    return object.has("signed_in_at") ? "session" : "user";
  }

  /** Text keeps its quotes, so that a number that becomes text is seen. */
  private JsonNode id(String kind, JsonNode value) {
    if (!ID.matcher(value.asText()).matches()) {
      return value;
    }
    String placeholder = placeholder(kind, value.asText());
    return value.isTextual()
        ? JsonNodeFactory.instance.textNode(placeholder)
        : JsonNodeFactory.instance.rawValueNode(new RawValue(placeholder));
  }
}
