package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sharing pictures with the program as a process. */
class SharingFilesTest {
  @TempDir private Path folder;

  @Test
  void a_picture_reaches_the_room_in_its_place_and_only_members_see_it() throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of())) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      var bob = Visitor.signsUp(chat.address(), "bob");
      var eve = Visitor.signsUp(chat.address(), "eve");
      long room = ada.enters("tea", "secret");
      bob.enters("tea", "secret");
      try (var adas = TestSocket.connect(ada);
          var bobs = TestSocket.connect(bob)) {
        adas.joins(room);
        bobs.joins(room);
        adas.says(room, "look:");

        Visitor.Response uploaded =
            ada.uploads(room, "../cat.png", picture(1600, 1200), "picture-1");

        assertThat(uploaded.status()).as("%s", uploaded).isEqualTo(201);
        JsonNode message = uploaded.body().get("message");
        String url = uploaded.body().get("fileUrl").asText();
        assertThat(uploaded.body().get("success").asBoolean()).isTrue();
        assertThat(message.get("message_type").asText()).isEqualTo("image");
        assertThat(message.get("content").asText()).isEqualTo(url);
        assertThat(message.get("seq").asLong()).isEqualTo(2);
        assertThat(message.at("/file/name").asText()).isEqualTo("cat.png");
        assertThat(message.at("/file/width").asInt()).isEqualTo(1600);
        bobs.awaits("new message", 2);
        assertThat(bobs.messages().getLast()).isEqualTo(message);

        HttpResponse<byte[]> seen = bob.fetches(url);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(seen.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(seen.body()));
        assertThat(image.getWidth()).isEqualTo(1600);
        byte[] small = bob.fetches(message.at("/file/thumbnail_url").asText()).body();
        assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(640);
        assertThat(eve.fetches(url).statusCode()).isEqualTo(404);

        byte[] report = pdf(9_900_015);
        String saved =
            ada.uploads(room, "report.pdf", report, "report-1").body().get("fileUrl").asText();
        for (String encodings : List.of("identity", "gzip, deflate, br, zstd")) {
          HttpResponse<byte[]> whole = bob.fetches(saved, "Accept-Encoding", encodings);
          assertThat(whole.headers().firstValue("Content-Length")).contains("" + report.length);
          assertThat(Arrays.equals(whole.body(), report)).isTrue();
          HttpResponse<byte[]> rest =
              bob.fetches(saved, "Accept-Encoding", encodings, "Range", "bytes=5000000-");
          assertThat(rest.statusCode()).isEqualTo(206);
          assertThat(rest.headers().firstValue("Content-Range"))
              .contains("bytes 5000000-9900014/9900015");
          assertThat(Arrays.equals(rest.body(), 0, 4_900_015, report, 5_000_000, 9_900_015))
              .isTrue();
        }
        assertThat(folder.resolve("data/uploads")).satisfies(SharingFilesTest::onlyOursToRead);

        // A client that says by socket what the upload has said already gets the same message.
        JsonNode again =
            adas.ask(
                "send message", Map.of("room_id", room, "content", url, "message_type", "image"));
        assertThat(again.get("message")).isEqualTo(message);
        assertThat(ada.uploads(room, "cat.png", picture(10, 10), "picture-1").body())
            .isEqualTo(uploaded.body());
      }
      assertThat(regularFiles(folder.resolve("data/tmp"))).isZero();
      assertThat(regularFiles(folder.resolve("data/uploads"))).isEqualTo(3);
      assertThat(chat.log()).doesNotContain("ERROR");
    }
  }

  @Test
  void eight_photographs_of_ten_megabytes_at_once_fit_into_a_heap_of_256() throws Exception {
    shareAtOnce(8);
  }

  @Test
  @Tag("long")
  void twenty_photographs_of_ten_megabytes_at_once_fit_into_a_heap_of_256() throws Exception {
    shareAtOnce(20);
  }

  private void shareAtOnce(int photographs) throws Exception {
    byte[] photograph = photograph();
    try (var chat = ChatProcess.start(folder, Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");

      List<Future<Visitor.Response>> uploads = new ArrayList<>();
      for (int i = 0; i < photographs; i++) {
        String id = "photograph-" + i;
        uploads.add(threads.submit(() -> ada.uploads(room, "sea.jpg", photograph, id)));
      }

      Set<Long> numbers = new TreeSet<>();
      for (Future<Visitor.Response> upload : uploads) {
        Visitor.Response response = upload.get();
        assertThat(response.status()).as("%s\n%s", response, chat.log()).isEqualTo(201);
        assertThat(response.body().at("/message/file/width").asInt()).isEqualTo(2048);
        numbers.add(response.body().at("/message/seq").asLong());
      }
      assertThat(numbers).hasSize(photographs).contains(1L, (long) photographs);
      assertThat(regularFiles(folder.resolve("data/tmp"))).isZero();
      assertThat(chat.log()).doesNotContain("OutOfMemory").doesNotContain("ERROR");
    }
  }

  @Test
  void with_an_account_at_cloudinary_files_go_there_and_a_failure_leaves_nothing()
      throws Exception {
    var failing = new AtomicBoolean();
    HttpServer cloudinary =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloudinary.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String answer =
              failing.get()
                  ? "{\"error\":{\"message\":\"out of order\"}}"
                  : "{\"secure_url\":\"https://res.cloudinary.com/tea/cat.png\"}";
          exchange.sendResponseHeaders(failing.get() ? 500 : 200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    cloudinary.start();
    String prefix = "http://127.0.0.1:" + cloudinary.getAddress().getPort();
    try (var chat =
        ChatProcess.start(
            folder,
            Map.of(
                "CLOUDINARY_CLOUD_NAME",
                "tea",
                "CLOUDINARY_API_KEY",
                "123",
                "CLOUDINARY_API_SECRET",
                "hush-hush",
                "CLOUDINARY_UPLOAD_PREFIX",
                prefix))) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");

      Visitor.Response shared = ada.uploads(room, "cat.png", picture(10, 10), "1");
      assertThat(shared.body().get("fileUrl").asText())
          .isEqualTo("https://res.cloudinary.com/tea/cat.png");
      assertThat(ada.fetches("/rooms/" + room).headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy ->
              assertThat(policy).contains("blob: https://res.cloudinary.com " + prefix + ";"));

      failing.set(true);
      Visitor.Response refused = ada.uploads(room, "cat.png", picture(10, 10), "2");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body().get("code").asText()).isEqualTo("storage_unavailable");
      assertThat(ada.get("/api/rooms/" + room + "/messages").body().get("messages")).hasSize(1);
      assertThat(regularFiles(folder.resolve("data/tmp"))).isZero();
      assertThat(chat.log()).doesNotContain("hush-hush");
    } finally {
      cloudinary.stop(0);
    }
  }

  /** 12 megapixels in 10 MB. */
  private static byte[] photograph() throws IOException {
    var picture = new BufferedImage(4000, 3000, BufferedImage.TYPE_INT_RGB);
    var random = new Random(7);
    for (int y = 0; y < 3000; y++) {
      for (int x = 0; x < 4000; x++) {
        picture.setRGB(x, y, random.nextInt(0x1000000));
      }
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", out);
    // Some cameras append their own data to the picture.
    return Arrays.copyOf(out.toByteArray(), 10 * 1024 * 1024);
  }

  static byte[] picture(int width, int height) throws IOException {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = picture.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillOval(0, 0, width, height);
    pen.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  /** Text mostly, which compresses well. */
  static byte[] pdf(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) ('a' + i / 97 % 26);
    }
    System.arraycopy("%PDF-1.7 ".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 9);
    System.arraycopy("%%EOF".getBytes(StandardCharsets.US_ASCII), 0, content, size - 5, 5);
    return content;
  }

  private static void onlyOursToRead(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as("%s", each)
            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
  }

  private static long regularFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
