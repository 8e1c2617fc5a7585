package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.lifecycle.ListeningPort;
import io.letschat.bootstrap.settings.DataDir;
import io.letschat.bootstrap.settings.SettingsRefused;
import io.letschat.testkit.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails says why in a sentence, before anything is made. */
class StartRefusedTest {
  @TempDir private Path folder;

  /** It was once noticed only when the database had been made, 20 s later. */
  @Test
  void a_taken_port_is_noticed_before_the_database_is_made() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ChatProcess.Ended ended = ChatProcess.run(folder, Map.of("PORT", port));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(lastLine(ended)).startsWith("PORT: " + port + " is taken at 127.0.0.1");
      assertThat(ended.output()).doesNotContain("\tat ", "Exception");
      assertThat(folder.resolve("data/postgres")).doesNotExist();
    }
  }

  @Test
  void a_database_that_is_away_is_the_last_word_and_no_stack_trace() throws Exception {
    Files.write(folder.resolve(".env"), "\uFEFFHOST=127.0.0.1\n".getBytes(StandardCharsets.UTF_8));
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String server = "127.0.0.1:" + closed.getLocalPort();
      closed.close();
      ChatProcess.Ended ended =
          ChatProcess.run(folder, Map.of("DATABASE_URL", "postgresql://u:geheim@" + server + "/c"));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(lastLine(ended))
          .startsWith("DATABASE_URL: PostgreSQL at " + server + " cannot be reached");
      assertThat(ended.output()).doesNotContain("\tat ", "geheim");
    }
  }

  @Test
  void an_address_of_another_machine_cannot_be_listened_on() throws Exception {
    var documentation = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);

    assertThatThrownBy(() -> ListeningPort.check(documentation))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("HOST: 192.0.2.1 is no address of this machine");
    ListeningPort.check(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void a_data_folder_that_cannot_be_one_is_named() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    refuses(file, "is a file; name a folder");
    refuses(file.resolve("below"), "cannot be used", "name a folder that this user can write to");

    DataDir.check(folder.resolve("a/b"));
    assertThat(folder.resolve("a/b")).isEmptyDirectory();
  }

  @Test
  void a_disk_that_is_full_or_read_only_is_said() throws Exception {
    Path full = folder.resolve("full");
    Optional<SmallDisk> mounted = SmallDisk.mount(full, "64k");
    assumeTrue(mounted.isPresent(), "this user may mount");
    try (SmallDisk _ = mounted.get()) {
      fill(full.resolve("filler"));
      refuses(full, "the disk that holds " + full + " is full");
    }
    try (SmallDisk _ = SmallDisk.mount(full, "64k,ro").orElseThrow()) {
      refuses(full, "mounted read-only");
    }
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static void refuses(Path dataDir, String... words) {
    assertThatThrownBy(() -> DataDir.check(dataDir))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageStartingWith("DATA_DIR: ")
        .hasMessageContainingAll(words);
  }

  private static String lastLine(ChatProcess.Ended ended) {
    return ended.output().lines().reduce("", (before, line) -> line);
  }
}
