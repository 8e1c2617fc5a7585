package io.letschat.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/socket-events.md} against what is said on the wire. */
class DocumentedTest {
  private static final Path SOURCES = Path.of("src/main/java/io/letschat/messaging");

  @Test
  void every_code_of_a_failure_is_in_the_document() throws Exception {
    List<String> codes = new ArrayList<>();
    for (Method method : EventError.class.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == EventError.class
          && method.getParameterCount() == 0) {
        codes.add(((EventError) method.invoke(null)).code());
      }
    }
    assertThat(codes).hasSizeGreaterThan(6);
    assertThat(document()).contains(codes.stream().map(code -> "`" + code + "`").toList());
  }

  @Test
  void every_event_is_in_the_document() throws Exception {
    List<String> events = new ArrayList<>();
    events.addAll(found("event/EventRouter.java", "on\\(namespace, \"([^\"]+)\""));
    events.addAll(found("codec/StandardEventEncoder.java", "OutboundEvent.of\\(\\s*\"([^\"]+)\""));
    events.addAll(found("codec/LegacyEventEncoder.java", "OutboundEvent.of\\(\\s*\"([^\"]+)\""));
    assertThat(events).contains("send message", "new message", "newMessage");
    assertThat(document()).contains(events.stream().map(event -> "`" + event + "`").toList());
  }

  private static List<String> found(String file, String pattern) throws Exception {
    return Pattern.compile(pattern)
        .matcher(Files.readString(SOURCES.resolve(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String document() throws Exception {
    return Files.readString(Path.of("../docs/socket-events.md"));
  }
}
