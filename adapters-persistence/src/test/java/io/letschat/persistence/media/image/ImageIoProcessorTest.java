package io.letschat.persistence.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.letschat.application.media.Images;
import io.letschat.application.media.Images.Processed;
import io.letschat.application.media.Images.Processing;
import io.letschat.application.media.Images.Unusable;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.application.media.TempFolders;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import io.letschat.testkit.SmallDisk;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of good images, and of those that were made to do harm. */
@Timeout(60)
class ImageIoProcessorTest {
  private static final String SECRET = "GPS 48.8584 N 2.2945 E";

  /** 1 by 1, lossy. */
  private static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

  @TempDir private Path folder;
  private final Images images = new ImageIoProcessor();
  private TempFolder tempFolder;

  @BeforeEach
  void open() {
    tempFolder = new TempFolders(folder).open();
  }

  @AfterEach
  void close() throws IOException {
    tempFolder.close();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"JPEG", "PNG", "GIF"})
  void a_large_picture_is_scaled_and_gets_a_thumbnail(FileKind kind) throws IOException {
    var picture = Pictures.twoColours(3000, 1500, BufferedImage.TYPE_INT_RGB);

    Processed ready = ready(Pictures.encoded(picture, kind.extension()));

    assertThat(ready.full().size()).contains(new Dimensions(2048, 1024));
    assertThat(ready.thumbnail().orElseThrow().size()).contains(new Dimensions(640, 320));
    BufferedImage full = ImageIO.read(ready.full().file().toFile());
    assertThat(full.getWidth()).isEqualTo(2048);
    assertLooksLike(full, 10, 10, Color.RED);
    assertLooksLike(full, 2000, 1000, Color.BLUE);
  }

  @Test
  void a_small_picture_keeps_its_size_and_needs_no_thumbnail() throws IOException {
    Processed ready = ready(Pictures.png(64, 48));

    assertThat(ready.full().size()).contains(new Dimensions(64, 48));
    assertThat(ready.thumbnail()).isEmpty();
    assertThat(ready.full().kind()).isEqualTo(FileKind.PNG);
  }

  @Test
  void what_is_transparent_stays_so() throws IOException {
    var picture = new BufferedImage(800, 800, BufferedImage.TYPE_INT_ARGB);

    Processed ready = ready(Pictures.encoded(picture, "png"));

    assertThat(ready.full().kind()).isEqualTo(FileKind.PNG);
    assertThat(ImageIO.read(ready.full().file().toFile()).getRGB(5, 5) >>> 24).isZero();
    assertThat(ready.thumbnail().orElseThrow().kind()).isEqualTo(FileKind.PNG);
  }

  @Test
  void a_webp_becomes_a_jpeg() throws IOException {
    assertThat(ready(WEBP).full().kind()).isEqualTo(FileKind.JPEG);
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 40", "3, 60, 40", "6, 40, 60", "8, 40, 60"})
  void a_photograph_is_turned_upright_and_tells_nothing_else(int orientation, int w, int h)
      throws IOException {
    byte[] photograph =
        Pictures.withSegment(Pictures.jpeg(60, 40), 0xe1, Pictures.exif(orientation, SECRET));

    Processed ready = ready(photograph);

    assertThat(ready.full().size()).contains(new Dimensions(w, h));
    BufferedImage upright = ImageIO.read(ready.full().file().toFile());
    boolean redFirst = orientation == 1 || orientation == 6;
    assertLooksLike(upright, 2, 2, redFirst ? Color.RED : Color.BLUE);
    assertLooksLike(upright, w - 3, h - 3, redFirst ? Color.BLUE : Color.RED);
    assertTellsNothing(ready);
  }

  @Test
  void exif_that_makes_no_sense_says_nothing() throws IOException {
    byte[] exif = Pictures.exif(6, SECRET);
    Arrays.fill(exif, 6, 20, (byte) 0xff);

    assertThat(ready(Pictures.withSegment(Pictures.jpeg(60, 40), 0xe1, exif)).full().size())
        .contains(new Dimensions(60, 40));
  }

  @Test
  void words_in_a_png_are_left_out_even_if_they_are_a_bomb() throws IOException {
    byte[] bomb =
        Pictures.joined(
            "zTXt-bomb\0\0".getBytes(StandardCharsets.US_ASCII), Pictures.deflated(2_000_000_000L));
    byte[] picture =
        Pictures.pngOf(
            Pictures.header(30, 20),
            Pictures.chunk("tEXt", ("Comment\0" + SECRET).getBytes(StandardCharsets.US_ASCII)),
            Pictures.chunk("zTXt", bomb),
            Pictures.chunk("iCCP", bomb),
            Pictures.chunk("IDAT", Pictures.black(30, 20)),
            Pictures.chunk("IEND", new byte[0]));

    assertTellsNothing(ready(picture));
  }

  @Test
  void an_animation_keeps_its_frames_and_loses_what_describes_it() throws IOException {
    Processed gif = ready(Pictures.animatedGif(20, 10, 3, SECRET + "*/=1;alert(1)"));
    assertThat(gif.full().kind()).isEqualTo(FileKind.GIF);
    assertThat(gif.full().size()).contains(new Dimensions(20, 10));
    assertThat(frames(gif)).isEqualTo(3);
    assertThat(new String(bytes(gif), StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
    assertTellsNothing(gif);

    Processed apng = ready(Pictures.apng(20, 10, 3));
    assertThat(apng.full().kind()).isEqualTo(FileKind.PNG);
    assertThat(new String(bytes(apng), StandardCharsets.ISO_8859_1)).contains("acTL", "fdAT");

    byte[] words = SECRET.getBytes(StandardCharsets.US_ASCII);
    Processed webp =
        ready(
            Pictures.webp(
                Pictures.vp8x(0x1e, 20, 10),
                Pictures.riff("ANIM", new byte[6]),
                frame(20, 10),
                frame(20, 10),
                Pictures.riff("EXIF", words),
                Pictures.riff("XMP ", words)));
    assertThat(webp.full().kind()).isEqualTo(FileKind.WEBP);
    assertTellsNothing(webp);
    assertThat(bytes(webp)[20]).isEqualTo((byte) 0x12);
    assertThat(bytes(webp).length).isEqualTo(Files.size(webp.full().file()));
  }

  @ParameterizedTest
  @CsvSource({"200, true", "201, false", "10000, false"})
  void an_animation_has_two_hundred_frames_at_most(int frames, boolean fits) throws IOException {
    for (byte[] animation :
        new byte[][] {
          Pictures.animatedGif(4, 4, frames, ""),
          Pictures.apng(4, 4, frames),
          Pictures.webp(
              Pictures.vp8x(2, 4, 4),
              Pictures.riff("ANIM", new byte[6]),
              Pictures.joined(
                  java.util.stream.Stream.generate(() -> frame(4, 4))
                      .limit(frames)
                      .toArray(byte[][]::new)))
        }) {
      assertThat(of(animation)).isInstanceOf(fits ? Processed.class : Unusable.class);
    }
  }

  @Test
  void what_claims_too_many_pixels_is_never_decoded() throws IOException {
    byte[] png =
        Pictures.pngOf(
            Pictures.header(30_000, 30_000),
            Pictures.chunk("IDAT", Pictures.deflated(100_000_000)),
            Pictures.chunk("IEND", new byte[0]));
    byte[] jpeg = Pictures.jpeg(60, 40);
    byte[] gif = Pictures.gif(60, 40);
    byte[] frame = Pictures.gif(60, 40);
    byte[] webp = WEBP.clone();
    for (int at = 0; at < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xc0) {
        number(jpeg, at + 5, 30_000, true);
        number(jpeg, at + 7, 30_000, true);
        break;
      }
    }
    number(gif, 6, 30_000, false);
    number(gif, 8, 30_000, false);
    int image = 13 + (3 << ((frame[10] & 7) + 1));
    while (frame[image] != 0x2c) {
      image++;
    }
    number(frame, image + 5, 30_000, false);
    number(frame, image + 7, 30_000, false);
    number(webp, 26, 16_000, false);
    number(webp, 28, 16_000, false);

    for (byte[] large :
        new byte[][] {
          png,
          jpeg,
          gif,
          frame,
          webp,
          Pictures.webp(Pictures.vp8x(0, 30_000, 30_000), Pictures.riff("VP8 ", new byte[30]))
        }) {
      assertThat(of(large))
          .isInstanceOfSatisfying(
              Unusable.class,
              unusable ->
                  assertThat(Sentences.english().of(unusable.sentence()))
                      .isEqualTo("The image has more than 25 megapixels; please make it smaller."));
    }
  }

  @Test
  void twenty_five_megapixels_are_taken_and_one_line_more_is_not() throws IOException {
    var picture = new BufferedImage(5000, 5000, BufferedImage.TYPE_BYTE_GRAY);

    assertThat(ready(Pictures.encoded(picture, "png")).full().size())
        .contains(new Dimensions(2048, 2048));
    var larger = new BufferedImage(5000, 5001, BufferedImage.TYPE_BYTE_GRAY);
    assertThat(of(Pictures.encoded(larger, "png"))).isInstanceOf(Unusable.class);
  }

  @Test
  void half_an_image_is_refused_wherever_it_is_cut() throws IOException {
    for (byte[] whole :
        new byte[][] {
          Pictures.jpeg(300, 200),
          Pictures.png(300, 200),
          Pictures.gif(300, 200),
          Pictures.apng(30, 20, 3),
          Pictures.animatedGif(30, 20, 3, ""),
          WEBP
        }) {
      for (int length : new int[] {12, 14, 30, whole.length / 2, whole.length - 3}) {
        if (length < whole.length) {
          assertThat(of(Arrays.copyOf(whole, length)))
              .as("%s of %s bytes", length, whole.length)
              .isInstanceOf(Unusable.class);
        }
      }
    }
  }

  @Test
  void a_damaged_image_is_refused_or_decoded_and_nothing_else_happens() throws IOException {
    var random = new Random(4711);
    for (byte[] whole :
        new byte[][] {Pictures.jpeg(90, 60), Pictures.png(90, 60), Pictures.gif(90, 60), WEBP}) {
      for (int i = 0; i < 150; i++) {
        byte[] damaged = whole.clone();
        for (int hits = 0; hits < 1 + i % 8; hits++) {
          damaged[12 + random.nextInt(damaged.length - 12)] = (byte) random.nextInt();
        }
        assertThat(of(damaged)).isInstanceOfAny(Processed.class, Unusable.class);
      }
    }
  }

  @Test
  void a_jpeg_of_a_thousand_scans_is_not_decoded() throws IOException {
    byte[] jpeg = Pictures.jpeg(60, 40);
    int scan = 2;
    while (jpeg[scan + 1] != (byte) 0xda) {
      scan += 2 + ((jpeg[scan + 2] & 0xff) << 8 | (jpeg[scan + 3] & 0xff));
    }
    byte[] head = Arrays.copyOf(jpeg, scan);
    byte[] one = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    byte[][] parts = new byte[1002][];
    Arrays.fill(parts, one);
    parts[0] = head;
    parts[1001] = new byte[] {(byte) 0xff, (byte) 0xd9};

    assertThat(of(Pictures.joined(parts))).isInstanceOf(Unusable.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"JPEG", "PNG", "GIF"})
  void a_portrait_is_the_middle_of_the_picture(FileKind kind) throws IOException {
    byte[] wide =
        Pictures.encoded(
            Pictures.twoColours(900, 100, BufferedImage.TYPE_INT_RGB), kind.extension());
    Path file = Files.write(tempFolder.newFile(), wide);

    var ready = (Processed) images.portrait(file, kind, tempFolder);

    assertThat(ready.full().size()).contains(new Dimensions(300, 300));
    assertThat(ready.thumbnail()).isEmpty();
    BufferedImage square = ImageIO.read(ready.full().file().toFile());
    assertLooksLike(square, 5, 150, Color.RED);
    assertLooksLike(square, 295, 150, Color.BLUE);
  }

  @Test
  void of_an_animation_the_first_frame_is_the_portrait() throws IOException {
    for (byte[] animation :
        new byte[][] {Pictures.animatedGif(20, 10, 3, "x"), Pictures.apng(20, 10, 3)}) {
      Path file = Files.write(tempFolder.newFile(), animation);
      FileKind kind = FileKind.of(animation).orElseThrow();

      var ready = (Processed) images.portrait(file, kind, tempFolder);

      assertThat(ready.full().size()).contains(new Dimensions(300, 300));
    }
  }

  @Test
  void a_jpeg_for_printing_says_so() throws IOException {
    byte[] jpeg = Pictures.jpeg(60, 40);
    for (int at = 0; at < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xc0) {
        jpeg[at + 9] = 4;
        break;
      }
    }

    assertThat(of(jpeg))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> assertThat(Sentences.english().of(unusable.sentence())).contains("CMYK"));
  }

  private static byte[] frame(int width, int height) {
    byte[] head = new byte[16];
    number(head, 6, width - 1, false);
    number(head, 9, height - 1, false);
    byte[] picture = Arrays.copyOfRange(WEBP, 12, WEBP.length);
    return Pictures.riff("ANMF", Pictures.joined(head, picture));
  }

  private static void number(byte[] file, int at, int number, boolean bigEndian) {
    file[at] = (byte) (bigEndian ? number >> 8 : number);
    file[at + 1] = (byte) (bigEndian ? number : number >> 8);
  }

  private static int frames(Processed gif) throws IOException {
    var reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (var in = ImageIO.createImageInputStream(gif.full().file().toFile())) {
      reader.setInput(in);
      return reader.getNumImages(true);
    }
  }

  private static byte[] bytes(Processed ready) throws IOException {
    return Files.readAllBytes(ready.full().file());
  }

  private static void assertTellsNothing(Processed ready) throws IOException {
    assertThat(new String(bytes(ready), StandardCharsets.ISO_8859_1))
        .doesNotContain("GPS", "48.8584", "alert", "bomb", "Exif");
  }

  private static void assertLooksLike(BufferedImage picture, int x, int y, Color colour) {
    var found = new Color(picture.getRGB(x, y));
    assertThat(Math.abs(found.getRed() - colour.getRed())).as("%s", found).isLessThan(30);
    assertThat(Math.abs(found.getBlue() - colour.getBlue())).as("%s", found).isLessThan(30);
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"JPEG", "PNG"})
  void a_full_disk_is_neither_a_defect_nor_a_bad_image(FileKind kind) throws IOException {
    byte[] image = Pictures.encoded(noise(600), kind.extension());
    Path full = folder.resolve("full");
    Optional<SmallDisk> mounted = SmallDisk.mount(full, Integer.toString(image.length + 16_384));
    assumeTrue(mounted.isPresent(), "this user may mount");
    try (SmallDisk disk = mounted.get();
        TempFolder small = new TempFolders(disk.path()).open()) {
      Path file = Files.write(small.newFile(), image);
      assertThatThrownBy(() -> images.forSharing(file, kind, small))
          .isInstanceOf(TempFolderUnavailable.class);
    }
    Files.delete(full);
  }

  private static BufferedImage noise(int side) {
    var picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    var random = new Random(1);
    for (int i = 0; i < side * side; i++) {
      picture.setRGB(i % side, i / side, random.nextInt());
    }
    return picture;
  }

  private Processed ready(byte[] image) throws IOException {
    Processing outcome = of(image);
    assertThat(outcome).isInstanceOf(Processed.class);
    return (Processed) outcome;
  }

  private Processing of(byte[] image) throws IOException {
    Path file = Files.write(tempFolder.newFile(), image);
    return images.forSharing(file, FileKind.of(image).orElseThrow(), tempFolder);
  }
}
