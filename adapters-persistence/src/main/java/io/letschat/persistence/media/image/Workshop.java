package io.letschat.persistence.media.image;

import io.letschat.application.media.Images;
import io.letschat.application.media.Rendition;
import io.letschat.application.media.Scratch;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * {@link Images} with ImageIO: two at a time, each in a bounded number of bytes. The file itself is
 * mapped, not read into the heap.
 */
final class Workshop implements Images {
  private static final int BENCHES = 2;

  private final Semaphore benches = new Semaphore(BENCHES, true);

  @Override
  public Outcome forSharing(Path image, FileKind kind, Scratch scratch) {
    benches.acquireUninterruptibly();
    try {
      Path stripped = kind == FileKind.JPEG ? image : scratch.newFile();
      Scan scan = scan(image, kind, stripped);
      if (scan.isAnimation()) {
        return new Ready(new Rendition(stripped, kind, Optional.of(scan.size())), Optional.empty());
      }
      BufferedImage picture = upright(Decoder.decode(stripped, kind, scan), scan);
      return still(picture, kind, scratch);
    } catch (BadImage e) {
      return new Unusable(e.sentence());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      benches.release();
    }
  }

  /**
   * What the file says of itself, within bounds; without what is no picture in {@code stripped}.
   */
  private static Scan scan(Path image, FileKind kind, Path stripped) throws BadImage, IOException {
    Scan scan;
    try (Arena arena = Arena.ofConfined();
        FileChannel file = FileChannel.open(image)) {
      ByteBuffer bytes = file.map(MapMode.READ_ONLY, 0, file.size(), arena).asByteBuffer();
      if (kind == FileKind.JPEG) {
        scan = JpegScan.of(bytes);
      } else {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(stripped))) {
          scan =
              switch (kind) {
                case PNG -> PngScan.copy(bytes, out);
                case GIF -> GifScan.copy(bytes, out);
                case WEBP -> WebpScan.copy(bytes, out);
                case JPEG, PDF ->
                    throw new IllegalArgumentException(kind + " is scanned otherwise");
              };
        }
      }
    }
    if (scan.size().pixels() > MOST_PIXELS) {
      throw new BadImage("The image has more than 25 megapixels; please make it smaller.");
    }
    if (scan.frames() > MOST_FRAMES) {
      throw new BadImage("The animation has more than " + MOST_FRAMES + " frames.");
    }
    return scan;
  }

  private static BufferedImage upright(BufferedImage decoded, Scan scan) throws IOException {
    var size = new Dimensions(decoded.getWidth(), decoded.getHeight()).within(LONGEST_SIDE);
    BufferedImage scaled = scaled(decoded, size, decoded.getColorModel().hasAlpha());
    return scan.orientation() == Orientation.TOP_LEFT
        ? scaled
        : ExifFilterUtils.getFilterForOrientation(scan.orientation()).apply(scaled);
  }

  private static Outcome still(BufferedImage picture, FileKind kind, Scratch scratch)
      throws IOException {
    boolean photograph = kind == FileKind.JPEG || kind == FileKind.WEBP;
    boolean opaque = !picture.getColorModel().hasAlpha();
    Rendition full =
        photograph && opaque
            ? Encoder.jpeg(picture, scratch.newFile())
            : Encoder.smaller(picture, scratch.newFile(), scratch.newFile());
    var size = new Dimensions(picture.getWidth(), picture.getHeight());
    Dimensions small = size.within(LONGEST_THUMBNAIL_SIDE);
    if (small.equals(size)) {
      return new Ready(full, Optional.empty());
    }
    BufferedImage thumbnail = scaled(picture, small, !opaque);
    return new Ready(
        full,
        Optional.of(
            opaque
                ? Encoder.jpeg(thumbnail, scratch.newFile())
                : Encoder.png(thumbnail, scratch.newFile())));
  }

  /** In plain sRGB; without alpha if every pixel is opaque. */
  private static BufferedImage scaled(BufferedImage picture, Dimensions size, boolean alpha)
      throws IOException {
    BufferedImage scaled =
        Thumbnails.of(picture)
            .forceSize(size.width(), size.height())
            .imageType(alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
            .asBufferedImage();
    return alpha && isOpaque(scaled) ? scaled(scaled, size, false) : scaled;
  }

  private static boolean isOpaque(BufferedImage picture) {
    int[] row = new int[picture.getWidth()];
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        if (pixel >>> 24 != 0xff) {
          return false;
        }
      }
    }
    return true;
  }
}
