package io.letschat.persistence.media.image;

import io.letschat.domain.media.Dimensions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks the chunks of a PNG file, animated or not (W3C PNG, third edition), and copies those that
 * make the picture. Text, times, profiles and whatever is compressed in them, stay behind. Of fewer
 * than 256 greys it makes a palette: ImageIO overlooks which one of them is transparent.
 */
final class PngInspector {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER = chunk("IHDR");
  private static final int ANIMATION = chunk("acTL");
  private static final int FRAME = chunk("fcTL");
  private static final int EXIF = chunk("eXIf");
  private static final int PROFILE = chunk("iCCP");
  private static final int PALETTE = chunk("PLTE");
  private static final int TRANSPARENCY = chunk("tRNS");
  private static final int END = chunk("IEND");
  private static final Set<Integer> KEPT =
      Set.of(
          HEADER,
          PALETTE,
          TRANSPARENCY,
          chunk("gAMA"),
          chunk("cHRM"),
          chunk("sRGB"),
          ANIMATION,
          FRAME,
          chunk("IDAT"),
          chunk("fdAT"),
          END);
  private static final int MOST_EXIF_BYTES = 64 * 1024;

  private final ByteBuffer in;
  private final OutputStream out;
  private Optional<Dimensions> size = Optional.empty();
  private Optional<byte[]> exif = Optional.empty();
  private Optional<byte[]> profile = Optional.empty();
  private boolean animated;
  private int frames;
  private int framesSeen;
  private int bytesPerPixel;

  /** How many greys make a palette; 0 if none. */
  private int greys;

  private PngInspector(ByteBuffer in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  static ImageInfo copy(ByteBuffer in, OutputStream out) throws BadImage, IOException {
    try {
      return new PngInspector(in, out).walk();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw BadImage.truncated();
    }
  }

  private ImageInfo walk() throws BadImage, IOException {
    Bytes.copy(in, 0, SIGNATURE_BYTES, out);
    in.position(SIGNATURE_BYTES);
    boolean ended = false;
    while (!ended) {
      int start = in.position();
      int length = in.getInt();
      int name = in.getInt();
      int end = Math.addExact(start + 12, length);
      if (length < 0 || end > in.limit()) {
        throw BadImage.truncated();
      }
      check(start + 4, length + 4);
      look(name, length);
      if (KEPT.contains(name)) {
        copy(name, start, end);
      }
      in.position(end);
      ended = name == END;
    }
    Dimensions found = size.orElseThrow(BadImage::damaged);
    return new ImageInfo(
        found,
        animated ? Math.max(1, frames) : 1,
        bytesPerPixel,
        ImageInfo.orientation(exif),
        profile);
  }

  private void copy(int name, int start, int end) throws IOException {
    if (greys > 0 && name == HEADER) {
      byte[] header = new byte[13];
      in.get(start + 8, header);
      header[9] = 3;
      write(HEADER, header);
      byte[] palette = new byte[greys * 3];
      for (int i = 0; i < palette.length; i++) {
        palette[i] = (byte) (i / 3 * 255 / (greys - 1));
      }
      write(PALETTE, palette);
    } else if (greys > 0 && name == TRANSPARENCY) {
      byte[] opacity = new byte[greys];
      Arrays.fill(opacity, (byte) 255);
      opacity[in.getShort(start + 8) & greys - 1] = 0;
      write(TRANSPARENCY, opacity);
    } else if (greys == 0 || name != PALETTE) {
      Bytes.copy(in, start, end - start, out);
    }
  }

  private void write(int name, byte[] data) throws IOException {
    var sum = new CRC32();
    ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length).putInt(name);
    chunk.put(data);
    sum.update(chunk.array(), 4, data.length + 4);
    out.write(chunk.putInt((int) sum.getValue()).array());
  }

  private void check(int from, int length) throws BadImage {
    var sum = new CRC32();
    sum.update(in.slice(from, length));
    if (in.getInt(from + length) != (int) sum.getValue()) {
      throw BadImage.damaged();
    }
  }

  private void look(int name, int length) throws BadImage {
    if (size.isEmpty() != (name == HEADER)) {
      throw BadImage.damaged();
    }
    if (name == HEADER) {
      int width = in.getInt();
      int height = in.getInt();
      if (width < 1 || height < 1) {
        throw BadImage.damaged();
      }
      size = Optional.of(new Dimensions(width, height));
      int depth = in.get();
      greys = in.get() == 0 && depth > 0 && depth < 8 ? 1 << depth : 0;
      int bytesPerSample = depth > 8 ? 2 : 1;
      bytesPerPixel = bytesPerSample * 4;
    } else if (name == ANIMATION) {
      animated = true;
      frames = Math.max(frames, in.getInt());
    } else if (name == FRAME) {
      framesSeen++;
      frames = Math.max(frames, framesSeen);
      in.getInt();
      long width = Integer.toUnsignedLong(in.getInt());
      long height = Integer.toUnsignedLong(in.getInt());
      Dimensions canvas = size.orElseThrow(BadImage::damaged);
      if (width > canvas.width() || height > canvas.height()) {
        throw BadImage.damaged();
      }
    } else if (name == EXIF && length <= MOST_EXIF_BYTES) {
      byte[] data = new byte[length];
      in.get(data);
      exif = Optional.of(data);
    } else if (name == PROFILE) {
      profile = profile(in.slice(in.position(), length));
    }
  }

  /** A name, a zero, the method, and the profile, compressed; of a bomb nothing. */
  private static Optional<byte[]> profile(ByteBuffer chunk) {
    while (chunk.get() != 0) {
      // The name is of no use.
    }
    chunk.get();
    var inflater = new Inflater();
    try {
      inflater.setInput(chunk);
      byte[] profile = new byte[ImageInfo.MOST_PROFILE_BYTES];
      int length = inflater.inflate(profile);
      return inflater.finished() ? Optional.of(Arrays.copyOf(profile, length)) : Optional.empty();
    } catch (DataFormatException unreadable) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static int chunk(String name) {
    return Bytes.fourLetters(name);
  }
}
