package io.letschat.persistence.media.image;

import static io.letschat.persistence.media.image.Pictures.chunk;
import static io.letschat.persistence.media.image.RawPictures.png;
import static io.letschat.persistence.media.image.RawPictures.profileChunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.letschat.application.media.Images.Processed;
import io.letschat.application.media.Rendition;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolders;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of a picture has the colours that went in, whatever form they were in. */
class ColoursTest {
  private static final byte[] LINEAR = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
  private static final byte[] LINEAR_GREY = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

  @TempDir private Path folder;
  private final ImageIoProcessor images = new ImageIoProcessor();
  private TempFolder tempFolder;

  @BeforeEach
  void open() {
    tempFolder = new TempFolders(folder).open();
  }

  @AfterEach
  void close() {
    tempFolder.close();
  }

  static Stream<Arguments> losslessPictures() {
    byte[] palette = chunk("PLTE", bytes(200, 100, 50, 50, 100, 200, 0, 0, 0, 255, 255, 255));
    int[] indices = {0, 1, 2, 3};
    int[] paletteColours = argb(0xffc86432, 0xff3264c8, 0xff000000, 0xffffffff);
    return Stream.of(
        arguments("grey 1", png(0, 1, 2, samples(0, 1)), argb(0xff000000, 0xffffffff)),
        arguments(
            "grey 1 tRNS",
            png(0, 1, 2, samples(0, 1), chunk("tRNS", bytes(0, 0))),
            argb(0, 0xffffffff)),
        arguments(
            "grey 2",
            png(0, 2, 4, samples(0, 1, 2, 3)),
            argb(0xff000000, 0xff555555, 0xffaaaaaa, 0xffffffff)),
        arguments(
            "grey 2 tRNS",
            png(0, 2, 4, samples(0, 1, 2, 3), chunk("tRNS", bytes(0, 3))),
            argb(0xff000000, 0xff555555, 0xffaaaaaa, 0)),
        arguments("grey 4", png(0, 4, 2, samples(3, 8)), argb(0xff333333, 0xff888888)),
        arguments(
            "grey 4 tRNS",
            png(0, 4, 2, samples(3, 8), chunk("tRNS", bytes(0, 8))),
            argb(0xff333333, 0)),
        arguments("grey 8", png(0, 8, 2, samples(50, 128)), argb(0xff323232, 0xff808080)),
        arguments(
            "grey 8 tRNS",
            png(0, 8, 3, samples(50, 128, 7), chunk("tRNS", bytes(0, 7))),
            argb(0xff323232, 0xff808080, 0)),
        arguments(
            "grey 16", png(0, 16, 2, samples(50 * 257, 0x8080)), argb(0xff323232, 0xff808080)),
        arguments(
            "grey 16 tRNS",
            png(0, 16, 3, samples(50 * 257, 0x8080, 258), chunk("tRNS", bytes(1, 2))),
            argb(0xff323232, 0xff808080, 0)),
        arguments("colour 8", png(2, 8, 1, samples(200, 100, 50)), argb(0xffc86432)),
        arguments(
            "colour 8 tRNS",
            png(2, 8, 2, samples(200, 100, 50, 1, 2, 3), chunk("tRNS", bytes(0, 1, 0, 2, 0, 3))),
            argb(0xffc86432, 0)),
        arguments(
            "colour 16", png(2, 16, 1, samples(200 * 257, 100 * 257, 50 * 257)), argb(0xffc86432)),
        arguments(
            "colour 16 tRNS",
            png(
                2,
                16,
                2,
                samples(200 * 257, 100 * 257, 50 * 257, 1, 2, 3),
                chunk("tRNS", bytes(0, 1, 0, 2, 0, 3))),
            argb(0xffc86432, 0)),
        arguments("palette 1", png(3, 1, 2, samples(0, 1), palette), argb(0xffc86432, 0xff3264c8)),
        arguments("palette 2", png(3, 2, 4, indices, palette), paletteColours),
        arguments("palette 4", png(3, 4, 4, indices, palette), paletteColours),
        arguments("palette 8", png(3, 8, 4, indices, palette), paletteColours),
        arguments(
            "palette 2 tRNS",
            png(3, 2, 4, indices, palette, chunk("tRNS", bytes(255, 128, 0))),
            argb(0xffc86432, 0x803264c8, 0, 0xffffffff)),
        arguments(
            "grey and alpha 8",
            png(4, 8, 3, samples(50, 255, 128, 128, 9, 0)),
            argb(0xff323232, 0x80808080, 0)),
        arguments(
            "grey and alpha 16",
            png(4, 16, 2, samples(50 * 257, 65535, 128 * 257, 128 * 257)),
            argb(0xff323232, 0x80808080)),
        arguments(
            "colour and alpha 8",
            png(6, 8, 2, samples(200, 100, 50, 255, 200, 100, 50, 128)),
            argb(0xffc86432, 0x80c86432)),
        arguments(
            "colour and alpha 16",
            png(6, 16, 1, samples(200 * 257, 100 * 257, 50 * 257, 128 * 257)),
            argb(0x80c86432)),
        arguments(
            "colour 8 with profile",
            png(2, 8, 1, samples(50, 128, 200), profileChunk(LINEAR)),
            argb(0xff000000 | brighter(50) << 16 | brighter(128) << 8 | brighter(200))),
        arguments(
            "colour and alpha 8 with profile",
            png(6, 8, 1, samples(50, 128, 200, 128), profileChunk(LINEAR)),
            argb(0x80000000 | brighter(50) << 16 | brighter(128) << 8 | brighter(200))),
        arguments(
            "palette with profile",
            png(3, 1, 1, samples(0), profileChunk(LINEAR), palette),
            argb(0xff000000 | brighter(200) << 16 | brighter(100) << 8 | brighter(50))),
        arguments(
            "grey 8 with profile",
            png(0, 8, 2, samples(50, 128), profileChunk(LINEAR_GREY)),
            argb(0xff000000 | brighter(50) * 0x010101, 0xff000000 | brighter(128) * 0x010101)),
        arguments(
            "a profile that is none",
            png(2, 8, 1, samples(200, 100, 50), profileChunk(new byte[300])),
            argb(0xffc86432)),
        arguments(
            "a profile of greys for colours",
            png(2, 8, 1, samples(200, 100, 50), profileChunk(LINEAR_GREY)),
            argb(0xffc86432)),
        arguments("GIF of 2", gif(1, -1), argb(0xffc86432, 0xff3264c8)),
        arguments("GIF of 4, one transparent", gif(2, 1), argb(0xffc86432, 0, 0xff000000)),
        arguments("GIF of 256", gif(8, -1), argb(0xffc86432, 0xff3264c8, 0xff000000)),
        arguments(
            "WebP with alpha",
            RawPictures.twoColouredWebp(8, 2, 0xffc86432, 0x803264c8),
            argb(0xffc86432, 0x803264c8, 0xffc86432)),
        arguments(
            "WebP with alpha and profile",
            RawPictures.twoColouredWebp(
                8, 2, 0x80323232, 0xff808080, Pictures.riff("ICCP", LINEAR)),
            argb(0x80000000 | brighter(50) * 0x010101, 0xff000000 | brighter(128) * 0x010101)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losslessPictures")
  void what_is_stored_without_losses_keeps_every_colour(String form, byte[] file, int[] expected)
      throws IOException {
    BufferedImage out = read(shared(file).full());
    for (int x = 0; x < expected.length; x++) {
      assertLike(out.getRGB(x, 0), expected[x], 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 170", "3, 100", "4, 228"})
  void a_lossless_webp_of_few_colours_in_a_small_file_is_no_bomb(int colours, int packed)
      throws IOException {
    byte[] file = RawPictures.stripedWebp(1200, 900, colours, 40, 50, packed);
    assertThat(file.length).isLessThan(100);

    BufferedImage out = read(shared(file).full());

    int perByte = colours <= 2 ? 8 : 4;
    for (int x = 400; x < 416; x++) {
      int index = packed >> x % perByte * (8 / perByte) & (colours <= 2 ? 1 : 3);
      assertLike(out.getRGB(x, 450), 0xff000000 | (40 + 50 * index) * 0x010101, 12);
    }
  }

  /** It once took three quarters of a minute, for the reader ran against the end of the file. */
  @Test
  void the_largest_picture_in_the_smallest_file_takes_no_time() throws IOException {
    byte[] file = RawPictures.stripedWebp(5000, 5000, 4, 40, 50, 228);
    var threads = ManagementFactory.getThreadMXBean();
    Path path = Files.write(tempFolder.newFile(), file);
    var scan = new ImageInfo(new Dimensions(5000, 5000), 1, 4, Orientation.TOP_LEFT);

    long before = threads.getCurrentThreadCpuTime();
    assertThatCode(() -> Decoder.decode(path, FileKind.WEBP, scan)).doesNotThrowAnyException();

    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"5000, 1", "1, 5000", "20000, 3", "3, 20000", "3000, 2", "2049, 1", "700, 1"})
  void what_is_thinner_than_a_pixel_when_it_is_scaled_keeps_its_colour(int width, int height)
      throws IOException {
    for (String format : new String[] {"png", "jpeg", "gif"}) {
      var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      var pen = picture.createGraphics();
      pen.setColor(new Color(200, 100, 50));
      pen.fillRect(0, 0, width, height);
      pen.dispose();

      Processed ready = shared(Pictures.encoded(picture, format));

      for (Rendition out : new Rendition[] {ready.full(), ready.thumbnail().orElseThrow()}) {
        BufferedImage read = read(out);
        assertLike(read.getRGB(0, 0), 0xffc86432, 8);
        assertLike(read.getRGB(read.getWidth() - 1, read.getHeight() - 1), 0xffc86432, 8);
      }
    }
  }

  @Test
  void a_photograph_keeps_its_greys_and_gets_the_colours_that_its_profile_means()
      throws IOException {
    var grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    var colour = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, 128);
      colour.setRGB(i % 16, i / 16, 0xff808080);
    }
    byte[] profile =
        Pictures.joined("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), LINEAR);

    assertLike(read(shared(Pictures.encoded(grey, "jpeg")).full()).getRGB(5, 5), 0xff808080, 3);
    assertLike(
        read(shared(Pictures.withSegment(Pictures.encoded(colour, "jpeg"), 0xe2, profile)).full())
            .getRGB(5, 5),
        0xff000000 | brighter(128) * 0x010101,
        3);
  }

  @Test
  void what_is_scaled_down_is_the_mean_and_transparent_colours_do_not_count() throws IOException {
    var picture = new BufferedImage(4096, 8, BufferedImage.TYPE_INT_ARGB);
    for (int x = 0; x < 4096; x++) {
      for (int y = 0; y < 8; y++) {
        picture.setRGB(x, y, x % 2 == 0 ? 0xffc86432 : 0x0000ff00);
      }
    }

    BufferedImage out = read(shared(Pictures.encoded(picture, "png")).full());

    assertThat(out.getWidth()).isEqualTo(2048);
    assertLike(out.getRGB(1000, 2), 0x80c86432, 1);
  }

  @Test
  void a_portrait_is_as_bright_as_the_picture() throws IOException {
    byte[] file = png(4, 8, 2, samples(128, 255, 128, 255));
    Path path = Files.write(tempFolder.newFile(), file);

    var ready = (Processed) images.portrait(path, FileKind.PNG, tempFolder);

    assertLike(read(ready.full()).getRGB(150, 150), 0xff808080, 3);
  }

  private Processed shared(byte[] file) throws IOException {
    Path path = Files.write(tempFolder.newFile(), file);
    var outcome = images.forSharing(path, FileKind.of(file).orElseThrow(), tempFolder);
    assertThat(outcome).isInstanceOf(Processed.class);
    return (Processed) outcome;
  }

  private static BufferedImage read(Rendition rendition) throws IOException {
    return ImageIO.read(rendition.file().toFile());
  }

  /** What linear light is in sRGB. */
  private static int brighter(int linear) {
    float[] colour =
        ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB)
            .toRGB(new float[] {linear / 255f, linear / 255f, linear / 255f});
    return Math.round(colour[0] * 255);
  }

  private static byte[] gif(int bits, int transparent) {
    byte[] red = bytes(200, 50, 0, 9);
    byte[] green = bytes(100, 100, 0, 9);
    byte[] blue = bytes(50, 200, 0, 9);
    int colours = 1 << bits;
    var model =
        new IndexColorModel(
            bits,
            colours,
            Arrays.copyOf(red, colours),
            Arrays.copyOf(green, colours),
            Arrays.copyOf(blue, colours),
            transparent);
    var picture =
        new BufferedImage(
            3,
            2,
            bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
            model);
    for (int x = 0; x < 3; x++) {
      picture.getRaster().setSample(x, 0, 0, x % colours);
      picture.getRaster().setSample(x, 1, 0, x % colours);
    }
    return Pictures.encoded(picture, "gif");
  }

  private static void assertLike(int found, int expected, int tolerance) {
    String both = Integer.toHexString(found) + " is not " + Integer.toHexString(expected);
    assertThat(found >>> 24).as(both).isCloseTo(expected >>> 24, within(tolerance));
    if (expected >>> 24 == 0) {
      return;
    }
    for (int shift = 0; shift < 24; shift += 8) {
      assertThat(found >> shift & 0xff)
          .as(both)
          .isCloseTo(expected >> shift & 0xff, within(tolerance));
    }
  }

  private static Offset<Integer> within(int tolerance) {
    return Offset.offset(tolerance);
  }

  private static int[] samples(int... samples) {
    return samples;
  }

  private static int[] argb(int... pixels) {
    return pixels;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
