package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.web.RunningSite.Answer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {
  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void everything_that_a_page_names_is_there_and_is_kept_for_ever() {
    String page = site.get("/").body();
    var named = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(page).results();
    var paths = named.map(match -> match.group(1)).distinct().toList();

    assertThat(paths).hasSizeGreaterThanOrEqualTo(3);
    for (String path : paths) {
      Answer answer = site.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).contains("immutable");
      assertThat(site.get(path, "If-None-Match", answer.header("ETag")).status()).isEqualTo(304);
    }
  }

  @Test
  void every_module_that_the_chat_imports_is_there() {
    String folder = folder();
    String main = site.get(folder + "/chat/main.js").body();
    var imports =
        Pattern.compile("from \"\\./([^\"]+)\"").matcher(main).results().map(m -> m.group(1));

    assertThat(Stream.concat(imports, Stream.of("dates.js", "links.js")))
        .hasSizeGreaterThan(10)
        .allSatisfy(module -> {
          Answer answer = site.get(folder + "/chat/" + module);
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        });
  }

  @Test
  void a_page_of_another_version_gets_the_file_but_does_not_keep_it() {
    Answer answer = site.get("/assets/0123456789abcdef/app.css");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/css");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket.io.js",
        "socket.io.min.js",
        "socket.io.esm.min.js",
        "socket.io.js.map",
        "socket.io.min.js.map",
        "socket.io.esm.min.js.map"
      })
  void the_socket_io_client_is_where_pages_written_for_node_look_for_it(String file) {
    Answer answer = site.get("/socket.io/" + file);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isNotEmpty();
    assertThat(answer.body().length()).isGreaterThan(10_000);
    assertThat(answer.header("Content-Type"))
        .startsWith(file.endsWith(".map") ? "application/json" : "text/javascript");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/x/nothing.css",
        "/assets/x/../../WebServer.class",
        "/assets/x/",
        "/assets/x",
        "/socket.io/nothing.js",
        "/socket.io/../assets/app.css",
        "/assets/x/%2e%2e/WebModule.class"
      })
  void nothing_else_of_the_program_can_be_fetched(String path) {
    assertThat(site.get(path).status()).isIn(400, 404);
  }

  private String folder() {
    var found = Pattern.compile("(/assets/[0-9a-f]+)/").matcher(site.get("/").body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
