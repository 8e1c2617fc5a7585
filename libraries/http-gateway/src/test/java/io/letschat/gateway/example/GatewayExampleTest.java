package io.letschat.gateway.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README runs, and is the one that the README shows. */
class GatewayExampleTest {
  @Test
  void a_request_goes_to_the_upstream_server_with_the_address_of_its_client() throws Exception {
    try (var example = new GatewayExample();
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + example.address().getPort() + "/");

      HttpResponse<String> page =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo("Hello 127.0.0.1");
      assertThat(page.headers().firstValue("x-request-id")).isPresent();
    }
  }

  @Test
  void what_the_gateway_does_not_allow_never_reaches_the_upstream_server() throws Exception {
    try (var example = new GatewayExample();
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + example.address().getPort() + "/");

      HttpResponse<String> rejected =
          client.send(
              HttpRequest.newBuilder(address)
                  .method("BREW", HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());

      assertThat(rejected.statusCode()).isEqualTo(405);
      assertThat(rejected.body()).contains("\"code\":\"method_not_allowed\"");
    }
  }

  @Test
  void the_readme_shows_this_source() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/letschat/gateway/example/GatewayExample.java"));

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + source + "```\n");
  }
}
