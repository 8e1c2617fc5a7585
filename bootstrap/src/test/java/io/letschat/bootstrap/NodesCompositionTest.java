package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be tried of docker-compose.nodes.yml without a Docker engine. */
class NodesCompositionTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void the_proxy_knows_every_node_by_its_name_and_address() throws IOException {
    String composition = read("docker-compose.nodes.yml");
    List<String> nodes =
        all(
            "(?m)^  (\\S+):\n    <<: \\*node\n    environment:\n.*\n      NODE_NAME: \\1$",
            composition);
    assertThat(nodes).hasSize(3);

    String proxy = read("deploy/haproxy.cfg");
    assertThat(all("use-server (\\S+) if \\{ url_param\\(sid\\) -m beg \\1\\. }", proxy))
        .isEqualTo(nodes);
    assertThat(all("(?m)^  server (\\S+) \"\\$\\{APP[123]}\"$", proxy)).isEqualTo(nodes);
    assertThat(all("presetenv APP[123] (\\S+):4000", proxy)).isEqualTo(nodes);
    assertThat(all("for node in \\$\\{NODES:-(.*)}", read("deploy/rolling-restart")))
        .containsExactly(String.join(" ", nodes));
  }

  @Test
  void the_nodes_trust_the_proxy_and_have_the_time_to_leave() throws IOException {
    String composition = read("docker-compose.nodes.yml");
    String proxy = one("ipv4_address: (\\S+)", composition);
    assertThat(one("TRUST_PROXY: ([0-9.]+),", composition)).isEqualTo(proxy);
    int grace = Integer.parseInt(one("stop_grace_period: (\\d+)s", composition));
    int notice = Integer.parseInt(one("SHUTDOWN_NOTICE:-(\\d+)}", composition));
    int spread = Integer.parseInt(one("SHUTDOWN_SPREAD:-(\\d+)}", composition));
    assertThat(grace).isGreaterThanOrEqualTo(notice + spread + 15);
  }

  @Test
  void a_rolling_restart_takes_one_node_after_the_other_and_ends_with_the_first_that_fails()
      throws Exception {
    assertThat(rollingRestart("exit 0")).isZero();
    assertThat(asked()).containsExactly("app1", "app2", "app3");
    assertThat(rollingRestart("[ \"$node\" != app2 ]")).isNotZero();
    assertThat(asked()).containsExactly("app1", "app2");
  }

  /** With a docker that only notes for which node it was asked. */
  private int rollingRestart(String then) throws Exception {
    Path docker = folder.resolve("docker");
    Files.writeString(
        docker, "#!/bin/sh\nfor node; do :; done\necho \"$*\" >>\"$0.asked\"\n" + then + "\n");
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(folder.resolve("docker.asked"));
    var builder =
        new ProcessBuilder(REPOSITORY.resolve("deploy/rolling-restart").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("SETTLE", "0");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("docker.asked")).stream()
        .map(line -> {
          assertThat(line)
              .startsWith("compose -f docker-compose.nodes.yml up -d ")
              .contains("--wait");
          return line.substring(line.lastIndexOf(' ') + 1);
        })
        .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(REPOSITORY.resolve(file));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String one(String pattern, String text) {
    List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.getFirst().group(1);
  }
}
