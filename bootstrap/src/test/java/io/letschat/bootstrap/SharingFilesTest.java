package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
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

        // A client that says by socket what the upload has said already gets the same message.
        JsonNode again =
            adas.ask(
                "send message", Map.of("room_id", room, "content", url, "message_type", "image"));
        assertThat(again.get("message")).isEqualTo(message);
        assertThat(ada.uploads(room, "cat.png", picture(10, 10), "picture-1").body())
            .isEqualTo(uploaded.body());
      }
      assertThat(regularFiles(folder.resolve("data/tmp"))).isZero();
      assertThat(regularFiles(folder.resolve("data/uploads"))).isEqualTo(2);
      assertThat(chat.log()).doesNotContain("ERROR");
    }
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

  private static long regularFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
