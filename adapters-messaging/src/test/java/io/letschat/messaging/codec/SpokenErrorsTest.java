package io.letschat.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.letschat.domain.InvalidValueException;
import io.letschat.testkit.PseudoLanguage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpokenErrorsTest {
  @Test
  void no_error_of_an_event_is_said_beside_the_catalogue() throws Exception {
    List<EventError> errors = new ArrayList<>();
    for (Method method : EventError.class.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == EventError.class
          && method.getParameterCount() == 0) {
        errors.add((EventError) method.invoke(null));
      }
    }
    assertThat(errors).hasSizeGreaterThan(6);
    errors.add(EventError.tooOften(Duration.ofSeconds(3)));
    errors.add(EventError.invalid(refused("a text")));
    errors.add(EventError.invalid(refused(Map.of("content", 1))));

    assertThat(errors)
        .allSatisfy(error ->
            assertThat(
                    (String) error.event("send message", PseudoLanguage.sentences()).get("message"))
                .startsWith("⟦")
                .endsWith("⟧")
                .doesNotContain("{"));
  }

  private static InvalidValueException refused(Object payload) {
    return catchThrowableOfType(
        InvalidValueException.class, () -> EventPayload.of(payload).text("content"));
  }
}
