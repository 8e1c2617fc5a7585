package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.letschat.testkit.SmallDisk;
import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A full disk under the folder of temporary files was once told to whoever uploaded as a broken
 * form, and to nobody else.
 */
class FullDiskUploadTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.letschat.web");

  private final RunningSite site = new RunningSite();
  private final String ada = site.signedUp("ada");
  private final long room =
      site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", by(ada))
          .json()
          .at("/room/id")
          .asLong();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.list = new CopyOnWriteArrayList<>();
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(logged);
    site.close();
  }

  @Test
  void an_upload_that_fills_the_disk_is_unavailable_and_the_log_has_an_error() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(site.temporary, "1m");
    assumeTrue(mounted.isPresent(), "this user may mount");
    try (SmallDisk _ = mounted.get()) {
      assertThat(upload("/api/upload", "file", 100_000).status()).isEqualTo(201);
      assertUnavailable(upload("/api/upload", "file", 3_000_000));
      assertThat(upload("/api/upload", "file", 100_000).status()).isEqualTo(201);
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_said_too() throws IOException {
    Files.delete(site.temporary);
    Files.createFile(site.temporary);

    assertUnavailable(upload("/api/upload", "file", 100));
    logged.list.clear();
    assertUnavailable(upload("/profile/avatar", "avatar", 100));
    Files.delete(site.temporary);
  }

  private void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("storage_unavailable");
    assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsOnlyOnce(Level.ERROR);
  }

  private Answer upload(String path, String field, int bytes) {
    String head = "--b\r\nContent-Disposition: form-data; name=";
    String form =
        head
            + "\"room_id\"\r\n\r\n"
            + room
            + "\r\n"
            + head
            + "\""
            + field
            + "\"; filename=\"cat.gif\"\r\n\r\nGIF89a"
            + " ".repeat(bytes)
            + "\r\n--b--\r\n";
    return site.send(
        site.request(path, by(ada))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
            .build());
  }
}
