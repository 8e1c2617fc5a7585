package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests, each by a connection of its own, down to the bytes, so that an answer's headers are
 * recorded as they are spelt. Headers that come together again and again are written once and
 * numbered; of an answer it is recorded in what it differs from the nearest of these sets.
 */
final class RecordedHttp {
  private static final Pattern TITLE = Pattern.compile("<title>(.*?)</title>", Pattern.DOTALL);
  private static final Pattern ALERT =
      Pattern.compile("role=\"alert\"[^>]*>(.*?)</", Pattern.DOTALL);
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|button|textarea|select)[^>]* name=\"([^\"]*)\"");

  /** An answer that differs in more headers from all others has a set of its own. */
  private static final int MANY = 4;

  private final SessionRecord record;
  private final List<Set<String>> usual = new ArrayList<>();

  RecordedHttp(SessionRecord record) {
    this.record = record;
  }

  /**
   * @param body of the answer, if it is JSON
   * @param headers as they came
   */
  record Answer(int status, List<String> headers, JsonNode body) {
    String header(String name) {
      return headers.stream()
          .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(header -> header.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  Answer get(String address, String path, String... headers) throws IOException {
    return asks("GET", address, path, new byte[0], headers);
  }

  Answer postJson(String address, String path, Map<String, ?> body, String... headers)
      throws IOException {
    return post(address, path, "application/json", Visitor.JSON.writeValueAsString(body), headers);
  }

  Answer post(String address, String path, String type, String body, String... headers)
      throws IOException {
    return asks(
        "POST", address, path, body.getBytes(UTF_8), with(headers, "Content-Type: " + type));
  }

  Answer asks(String method, String address, String path, byte[] body, String... headers)
      throws IOException {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    head.append("Host: ").append(URI.create(address).getAuthority()).append("\r\n");
    for (String header : with(headers, "Connection: close")) {
      head.append(header).append("\r\n");
    }
    if (body.length > 0 || method.equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    record.line(
        Stream.of(method, address + path, String.join(", ", headers), shown(body))
            .filter(part -> !part.isEmpty())
            .collect(joining(" ")));
    return answer(address, bytes(head.append("\r\n").toString(), body));
  }

  /** What is no proper request, as it stands. */
  Answer raw(String address, String request) throws IOException {
    String shown = request.replace("\r\n", "⏎");
    record.line(shown.length() > 300 ? shown.substring(0, 100) + "…" : shown);
    return answer(address, request.getBytes(ISO_8859_1));
  }

  private static String shown(byte[] body) {
    String text = new String(body, UTF_8);
    return text.length() > 2000 || text.contains("\r\n") ? "…" : text;
  }

  private static byte[] bytes(String head, byte[] body) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static String[] with(String[] headers, String more) {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = more;
    return all;
  }

  private Answer answer(String address, byte[] request) throws IOException {
    byte[] all = exchange(URI.create(address), request);
    String text = new String(all, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> head = text.substring(0, end).lines().toList();
    List<String> headers = head.subList(1, head.size());
    byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
    if (headers.stream().anyMatch("transfer-encoding: chunked"::equalsIgnoreCase)) {
      body = unchunked(body);
    }
    JsonNode json = json(headers, body);
    record.line(("  " + head.getFirst() + " " + described(headers, body, json)).stripTrailing());
    records(headers, body.length);
    return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), headers, json);
  }

  private static byte[] exchange(URI address, byte[] request) throws IOException {
    try (var socket = new Socket("127.0.0.1", address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static byte[] unchunked(byte[] body) {
    var whole = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = at;
      while (body[line] != '\r') {
        line++;
      }
      int length = Integer.parseInt(new String(body, at, line - at, ISO_8859_1), 16);
      if (length == 0) {
        return whole.toByteArray();
      }
      whole.write(body, line + 2, length);
      at = line + 2 + length + 2;
    }
  }

  private static JsonNode json(List<String> headers, byte[] body) {
    if (body.length == 0 || headers.stream().noneMatch(isType("application/json"))) {
      return MissingNode.getInstance();
    }
    try {
      return Visitor.JSON.readTree(new String(body, UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError(new String(body, UTF_8), e);
    }
  }

  private static Predicate<String> isType(String type) {
    return header -> header.toLowerCase(Locale.ROOT).startsWith("content-type: " + type);
  }

  private String described(List<String> headers, byte[] body, JsonNode json) {
    if (!json.isMissingNode()) {
      return record.stable(json);
    }
    String text = new String(body, UTF_8);
    if (headers.stream().anyMatch(isType("text/html"))) {
      return "page "
          + found(TITLE, text)
          + found(ALERT, text)
          + " forms "
          + found(FORM, text)
          + " fields "
          + found(FIELD, text);
    }
    if (text.startsWith("# HELP")) {
      return text.lines()
          .filter(line -> line.startsWith("# TYPE letschat_"))
          .sorted()
          .collect(joining("\n    ", "metrics\n    ", ""));
    }
    return headers.stream().anyMatch(isType("image/png")) ? body.length + " bytes" : "";
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1).replaceAll("\\s+", " ").strip())
        .toList();
  }

  private void records(List<String> headers, int length) {
    Set<String> stable = new LinkedHashSet<>();
    for (String header : headers) {
      stable.add(
          header.equalsIgnoreCase("content-length: " + length)
              ? header.replaceAll("\\d+", "<length>")
              : record.stable(header));
    }
    Optional<Set<String>> nearest =
        usual.stream().min(comparing(set -> differences(set, stable).size()));
    if (nearest.filter(set -> differences(set, stable).size() <= MANY).isEmpty()) {
      usual.add(stable);
      record.line("    headers " + usual.size() + ":");
      stable.forEach(header -> record.line("      " + header));
    } else {
      record.line("    headers " + (usual.indexOf(nearest.get()) + 1));
      differences(nearest.get(), stable).forEach(header -> record.line("      " + header));
    }
  }

  private static List<String> differences(Set<String> usual, Set<String> headers) {
    List<String> differences = new ArrayList<>();
    List<String> names = headers.stream().map(RecordedHttp::name).toList();
    for (String header : usual) {
      if (!names.contains(name(header))) {
        differences.add("without " + name(header));
      }
    }
    headers.stream().filter(header -> !usual.contains(header)).forEach(differences::add);
    return differences;
  }

  private static String name(String header) {
    return header.substring(0, header.indexOf(':'));
  }
}
