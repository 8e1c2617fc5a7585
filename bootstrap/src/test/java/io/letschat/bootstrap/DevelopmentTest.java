package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./letschat dev}, on a copy of the sources. */
class DevelopmentTest {
  private static final Path SOURCES = Path.of("../adapters-web");
  private static final Pattern STYLE = Pattern.compile("/assets/[0-9a-f]+/app.css");

  @TempDir private Path folder;

  @Test
  void pages_and_files_are_as_they_were_last_saved() throws Exception {
    Path templates = copy("src/main/jte");
    Path assets = copy("src/main/resources/io/letschat/web/assets");
    try (var chat = ChatProcess.start(folder, Map.of(), "dev")) {
      assertThat(get(chat, "/login")).contains("Welcome back");
      String styleBefore = style(chat);

      change(
          templates.resolve("login.jte"),
          "${page.frame().say(\"login.heading\")}",
          "There you are again");
      AwaitInProgram.until(() -> get(chat, "/login").contains("There you are again"), chat::log);

      Files.writeString(
          templates.resolve("layout.jte"), "saved at the end", StandardOpenOption.APPEND);
      AwaitInProgram.until(() -> get(chat, "/login").contains("saved at the end"), chat::log);

      Files.writeString(assets.resolve("app.css"), "/* another style */");
      AwaitInProgram.until(() -> !style(chat).equals(styleBefore), chat::log);
      assertThat(get(chat, style(chat))).isEqualTo("/* another style */");

      String good = Files.readString(templates.resolve("login.jte"));
      Files.writeString(templates.resolve("login.jte"), "@param Nonsense page");
      AwaitInProgram.until(() -> get(chat, "/login").contains("Something went wrong"), chat::log);
      assertThat(chat.log()).contains("login.jte");
      Files.writeString(templates.resolve("login.jte"), good);
      AwaitInProgram.until(() -> get(chat, "/login").contains("There you are again"), chat::log);
    }
  }

  @Test
  void it_is_for_development_alone_and_needs_the_sources() throws Exception {
    ChatProcess.Ended bare = ChatProcess.run(folder, Map.of(), "dev");
    assertThat(bare.code()).isEqualTo(1);
    assertThat(bare.output()).contains("needs the sources");

    Map<String, String> production =
        Map.of(
            "NODE_ENV",
            "production",
            "JWT_SECRET",
            "x".repeat(32),
            "SESSION_SECRET",
            "y".repeat(32));
    ChatProcess.Ended refused = ChatProcess.run(folder, production, "dev");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).contains("NODE_ENV");
  }

  private static String style(ChatProcess chat) {
    Matcher style = STYLE.matcher(get(chat, "/login"));
    return style.find() ? style.group() : "";
  }

  private static String get(ChatProcess chat, String path) {
    var request = HttpRequest.newBuilder(URI.create(chat.address() + path)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void change(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private Path copy(String part) throws IOException {
    Path from = SOURCES.resolve(part);
    Path to = folder.resolve("adapters-web").resolve(part);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copied = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(path, copied);
        }
      }
    }
    return to;
  }
}
