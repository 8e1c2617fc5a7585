package io.letschat.persistence.media.image;

import io.letschat.domain.media.FileKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** From a file to pixels, of which there are never more at once than {@link #MOST_BYTES} hold. */
final class Decoder {
  /**
   * A photograph of 12 megapixels is decoded whole; of larger ones every second line is left out.
   */
  static final long MOST_BYTES = 40_000_000;

  private Decoder() {}

  static BufferedImage decode(Path file, FileKind kind, Scan scan) throws BadImage {
    ImageReader reader = ImageIO.getImageReadersByFormatName(kind.extension()).next();
    try (var in = new OfUnknownLength(file)) {
      reader.setInput(in, true, true);
      ImageReadParam how = reader.getDefaultReadParam();
      int step = step(scan);
      how.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, how);
    } catch (IOException | RuntimeException unreadable) {
      // Readers have more ways to stumble over what is damaged than they declare.
      throw BadImage.damaged();
    } finally {
      reader.dispose();
    }
  }

  /**
   * The reader of WebP takes a picture that is much larger than its file for a bomb, also one of
   * four colours in wide stripes. How large a picture may be is known before: {@link Scan}.
   */
  private static final class OfUnknownLength extends FileImageInputStream {
    OfUnknownLength(Path file) throws IOException {
      super(file.toFile());
    }

    @Override
    public long length() {
      return -1;
    }
  }

  /** Every which line and column is read. */
  static int step(Scan scan) {
    long bytes = scan.size().pixels() * scan.bytesPerPixel();
    int step = 1;
    while (bytes / ((long) step * step) > MOST_BYTES) {
      step++;
    }
    return step;
  }
}
