package io.letschat.persistence.media.image;

import io.letschat.domain.media.FileKind;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** From a file to pixels, of which there are never more at once than {@link #MOST_BYTES} hold. */
final class Decoder {
  /**
   * A photograph of 12 megapixels is decoded whole; of larger ones every second line is left out.
   */
  static final long MOST_BYTES = 40_000_000;

  /** How many bytes the reader of WebP looks ahead, and more. */
  private static final int READ_AHEAD = 64;

  private Decoder() {}

  static BufferedImage decode(Path file, FileKind kind, ImageInfo imageInfo) throws BadImage {
    ImageReader reader = ImageIO.getImageReadersByFormatName(kind.extension()).next();
    try (var in = stream(file, kind)) {
      reader.setInput(in, true, true);
      ImageReadParam how = reader.getDefaultReadParam();
      int step = step(imageInfo);
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
   * four colours in stripes, if it knows how large the file is. How large a picture may be is known
   * before: {@link ImageInfo}. And it reads ahead: at the end of a file each pixel that needs no
   * more bits would cost an exception, so a few zeros follow.
   */
  private static ImageInputStream stream(Path file, FileKind kind) throws IOException {
    if (kind != FileKind.WEBP) {
      return new FileImageInputStream(file.toFile());
    }
    InputStream picture = new BufferedInputStream(Files.newInputStream(file));
    InputStream zeros = new ByteArrayInputStream(new byte[READ_AHEAD]);
    return new MemoryCacheImageInputStream(new SequenceInputStream(picture, zeros)) {
      @Override
      public void close() throws IOException {
        try (picture) {
          super.close();
        }
      }
    };
  }

  /** Every which line and column is read. */
  static int step(ImageInfo imageInfo) {
    long bytes = imageInfo.size().pixels() * imageInfo.bytesPerPixel();
    int step = 1;
    while (bytes / ((long) step * step) > MOST_BYTES) {
      step++;
    }
    return step;
  }
}
