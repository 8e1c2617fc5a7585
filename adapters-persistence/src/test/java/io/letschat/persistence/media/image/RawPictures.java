package io.letschat.persistence.media.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/** Pictures of chosen samples, in forms that ImageIO cannot write. */
final class RawPictures {
  private RawPictures() {}

  /**
   * A PNG of two equal rows.
   *
   * @param colourType as in its header: 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 all
   * @param samples of one row, all channels of a pixel together
   * @param extra chunks between header and pixels
   */
  static byte[] png(int colourType, int depth, int width, int[] samples, byte[]... extra) {
    int bytes = (samples.length * depth + 7) / 8;
    var row = ByteBuffer.allocate(1 + bytes);
    for (int i = 0; i < samples.length; i++) {
      if (depth == 16) {
        row.putShort(1 + i * 2, (short) samples[i]);
      } else {
        int at = 1 + i * depth / 8;
        int shift = 8 - depth - i * depth % 8;
        row.put(at, (byte) (row.get(at) | samples[i] << shift));
      }
    }
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(2)
            .put((byte) depth)
            .put((byte) colourType)
            .array();
    return Pictures.pngOf(
        Pictures.chunk("IHDR", header),
        Pictures.joined(extra),
        Pictures.chunk("IDAT", deflated(Pictures.joined(row.array(), row.array()))),
        Pictures.chunk("IEND", new byte[0]));
  }

  static byte[] profileChunk(byte[] profile) {
    byte[] head = "a profile\0\0".getBytes(StandardCharsets.US_ASCII);
    return Pictures.chunk("iCCP", Pictures.joined(head, deflated(profile)));
  }

  static byte[] deflated(byte[] data) {
    var out = new ByteArrayOutputStream();
    try (var deflating = new DeflaterOutputStream(out)) {
      deflating.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * A lossless WebP in stripes of one pixel, of greys with the indices that {@code packed} holds in
   * each of its bytes: one bit a pixel for two colours, two for three or four.
   *
   * @param first the grey of index 0
   * @param step by how much each next one is brighter
   */
  static byte[] stripedWebp(int width, int height, int colours, int first, int step, int packed) {
    var bits = new Bits();
    header(bits, width, height, false);
    bits.put(1, 1).put(3, 2).put(colours - 1, 8);
    bits.put(0, 1);
    for (int channel = 0; channel < 3; channel++) {
      bits.symbols(first, step);
    }
    bits.symbols(255, 0).symbols(0, 0);
    for (int colour = 0; colour < colours; colour++) {
      int grey = colour == 0 == first > step ? 1 : 0;
      bits.put(grey, 1).put(grey, 1).put(grey, 1).put(colour == 0 ? 1 : 0, 1);
    }
    bits.put(0, 1).put(0, 1).put(0, 1);
    bits.symbols(packed, packed).symbols(0, 0).symbols(0, 0).symbols(255, 255).symbols(0, 0);
    return Pictures.webp(Pictures.riff("VP8L", bits.bytes()));
  }

  /** A lossless WebP, of which each pixel has the one colour or the other, ARGB, in turns. */
  static byte[] twoColouredWebp(int width, int height, int one, int other, byte[]... chunks) {
    var bits = new Bits();
    header(bits, width, height, true);
    bits.put(0, 1).put(0, 1).put(0, 1);
    int[] shifts = {8, 16, 0, 24};
    for (int shift : shifts) {
      bits.symbols(one >>> shift & 0xff, other >>> shift & 0xff);
    }
    bits.symbols(0, 0);
    for (int i = 0; i < width * height; i++) {
      for (int shift : shifts) {
        int mine = (i % 2 == 0 ? one : other) >>> shift & 0xff;
        int notMine = (i % 2 == 0 ? other : one) >>> shift & 0xff;
        if (mine != notMine) {
          bits.put(mine > notMine ? 1 : 0, 1);
        }
      }
    }
    byte[] picture = Pictures.riff("VP8L", bits.bytes());
    return Pictures.webp(
        chunks.length == 0
            ? picture
            : Pictures.joined(
                Pictures.vp8x(0x30, width, height), Pictures.joined(chunks), picture));
  }

  private static void header(Bits bits, int width, int height, boolean alpha) {
    bits.put(0x2f, 8).put(width - 1, 14).put(height - 1, 14).put(alpha ? 1 : 0, 1).put(0, 3);
  }

  /** The bits of VP8L, the lowest first. */
  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    Bits put(int value, int bits) {
      for (int i = 0; i < bits; i++) {
        pending |= (value >> i & 1) << count;
        if (++count == 8) {
          out.write(pending);
          pending = 0;
          count = 0;
        }
      }
      return this;
    }

    /** A prefix code of two symbols, of which the smaller one is a zero, or of one without bits. */
    Bits symbols(int one, int other) {
      if (one == other) {
        return put(1, 1).put(0, 1).put(1, 1).put(one, 8);
      }
      return put(1, 1)
          .put(1, 1)
          .put(1, 1)
          .put(Math.min(one, other), 8)
          .put(Math.max(one, other), 8);
    }

    byte[] bytes() {
      return Pictures.joined(out.toByteArray(), new byte[] {(byte) pending, 0, 0, 0, 0});
    }
  }
}
