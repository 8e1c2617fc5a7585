package io.letschat.persistence.media.image;

import io.letschat.domain.media.Dimensions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Walks the chunks of a WebP file (RFC 9649), and copies those that make the picture. Exif, XMP,
 * profiles and unknown chunks stay behind.
 */
final class WebpInspector {
  private static final int FILE_HEADER_BYTES = 12;
  private static final int LOSSY = Bytes.fourLetters("VP8 ");
  private static final int LOSSLESS = Bytes.fourLetters("VP8L");
  private static final int EXTENDED = Bytes.fourLetters("VP8X");
  private static final int FRAME = Bytes.fourLetters("ANMF");
  private static final int EXIF = Bytes.fourLetters("EXIF");
  private static final int PROFILE = Bytes.fourLetters("ICCP");
  private static final Set<Integer> KEPT =
      Set.of(
          LOSSY, LOSSLESS, EXTENDED, FRAME, Bytes.fourLetters("ANIM"), Bytes.fourLetters("ALPH"));

  /** What may be said of the file as a whole: it has alpha, it is an animation. */
  private static final int KEPT_FLAGS = 0x12;

  private static final int MOST_EXIF_BYTES = 64 * 1024;

  private final ByteBuffer in;
  private int width;
  private int height;
  private int frames;
  private int pictures;
  private long keptBytes;
  private Optional<byte[]> exif = Optional.empty();
  private Optional<byte[]> profile = Optional.empty();

  private WebpInspector(ByteBuffer in) {
    this.in = in;
  }

  static ImageInfo copy(ByteBuffer in, OutputStream out) throws BadImage, IOException {
    try {
      var scan = new WebpInspector(in);
      scan.walk(OutputStream.nullOutputStream());
      if (scan.pictures + scan.frames == 0 || scan.width == 0 || scan.height == 0) {
        throw BadImage.damaged();
      }
      byte[] header = new byte[FILE_HEADER_BYTES];
      in.get(0, header);
      ByteBuffer.wrap(header)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(4, (int) (FILE_HEADER_BYTES - 8 + scan.keptBytes));
      out.write(header);
      new WebpInspector(in).walk(out);
      return scan.found();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw BadImage.truncated();
    }
  }

  private ImageInfo found() {
    Orientation orientation = ImageInfo.orientation(exif);
    return new ImageInfo(
        new Dimensions(width, height), Math.max(1, frames), 4, orientation, profile);
  }

  private void walk(OutputStream out) throws BadImage, IOException {
    long size = Integer.toUnsignedLong(in.order(ByteOrder.LITTLE_ENDIAN).getInt(4)) + 8;
    if (size > in.limit()) {
      throw BadImage.truncated();
    }
    in.position(FILE_HEADER_BYTES);
    while (in.position() + 8 <= size) {
      int start = in.position();
      int name = in.order(ByteOrder.BIG_ENDIAN).getInt();
      int length = in.order(ByteOrder.LITTLE_ENDIAN).getInt();
      long end = start + 8L + Integer.toUnsignedLong(length) + (length & 1);
      // The padding of the last chunk is forgotten by some programs.
      if (end - (length & 1) > in.limit()) {
        throw BadImage.truncated();
      }
      int next = (int) Math.min(end, in.limit());
      look(name, start + 8, length);
      if (KEPT.contains(name)) {
        copy(name, start, next, (int) (end - next), out);
        keptBytes += end - start;
      }
      in.position(next);
    }
  }

  private void copy(int name, int start, int end, int padding, OutputStream out)
      throws IOException {
    if (name == EXTENDED) {
      Bytes.copy(in, start, 8, out);
      out.write(in.get(start + 8) & KEPT_FLAGS);
      Bytes.copy(in, start + 9, end - start - 9, out);
    } else {
      Bytes.copy(in, start, end - start, out);
    }
    out.write(new byte[padding]);
  }

  private void look(int name, int at, int length) throws BadImage {
    if (name == EXTENDED) {
      if (length != 10) {
        throw BadImage.damaged();
      }
      grow(threeBytes(at + 4) + 1, threeBytes(at + 7) + 1);
    } else if (name == FRAME) {
      frames++;
      grow(threeBytes(at + 6) + 1, threeBytes(at + 9) + 1);
    } else if (name == LOSSY) {
      pictures++;
      // Three bytes of frame tag, three of start code, then 14 bits each and two of scale.
      grow(in.getShort(at + 6) & 0x3fff, in.getShort(at + 8) & 0x3fff);
    } else if (name == LOSSLESS) {
      pictures++;
      int bits = in.getInt(at + 1);
      grow((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    } else if (name == EXIF && length > 0 && length <= MOST_EXIF_BYTES) {
      byte[] data = new byte[length];
      in.get(at, data);
      exif = Optional.of(data);
    } else if (name == PROFILE && length > 0 && length <= ImageInfo.MOST_PROFILE_BYTES) {
      byte[] data = new byte[length];
      in.get(at, data);
      profile = Optional.of(data);
    }
    if (pictures > 1) {
      throw BadImage.damaged();
    }
  }

  private void grow(int atLeastWidth, int atLeastHeight) {
    width = Math.max(width, atLeastWidth);
    height = Math.max(height, atLeastHeight);
  }

  private int threeBytes(int at) {
    return (in.get(at) & 0xff) | (in.get(at + 1) & 0xff) << 8 | (in.get(at + 2) & 0xff) << 16;
  }
}
