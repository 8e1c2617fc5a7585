package io.letschat.persistence.media.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Image files of every kind, made byte by byte where no encoder would make them. */
final class Pictures {
  private Pictures() {}

  /** Red on the left, blue on the right. */
  static BufferedImage twoColours(int width, int height, int type) {
    var picture = new BufferedImage(width, height, type);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height);
    pen.setColor(Color.BLUE);
    pen.fillRect(width / 2, 0, width - width / 2, height);
    pen.dispose();
    return picture;
  }

  static byte[] jpeg(int width, int height) {
    return encoded(twoColours(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png(int width, int height) {
    return encoded(twoColours(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  static byte[] gif(int width, int height) {
    return encoded(twoColours(width, height, BufferedImage.TYPE_INT_RGB), "gif");
  }

  static byte[] encoded(BufferedImage picture, String format) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, format, out)) {
        throw new IllegalArgumentException(format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The JPEG with a segment of its own right after the beginning. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    var out = ByteBuffer.allocate(jpeg.length + data.length + 4);
    out.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2));
    return out.put(data).put(jpeg, 2, jpeg.length - 2).array();
  }

  /** Exif with an orientation, and with words that nobody is to read. */
  static byte[] exif(int orientation, String words) {
    byte[] text = words.getBytes(StandardCharsets.US_ASCII);
    var out = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12 + 4 + text.length);
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    out.putShort((short) 2);
    // ImageDescription, then Orientation.
    out.putShort((short) 0x010e).putShort((short) 2).putInt(text.length).putInt(8 + 2 + 24 + 4);
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0);
    return out.putInt(0).put(text).array();
  }

  static byte[] chunk(String name, byte[] data) {
    byte[] named = joined(name.getBytes(StandardCharsets.US_ASCII), data);
    var sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(data.length + 12)
        .putInt(data.length)
        .put(named)
        .putInt((int) sum.getValue())
        .array();
  }

  static byte[] pngOf(byte[]... chunks) {
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    return joined(signature, joined(chunks));
  }

  static byte[] header(int width, int height) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array());
  }

  /** The pixels of a black picture, compressed. */
  static byte[] black(int width, int height) {
    return deflated((width * 3L + 1) * height);
  }

  /** So many zeros. */
  static byte[] deflated(long zeros) {
    var deflater = new Deflater(9);
    var out = new ByteArrayOutputStream();
    byte[] some = new byte[64 * 1024];
    byte[] buffer = new byte[64 * 1024];
    long left = zeros;
    while (!deflater.finished()) {
      if (deflater.needsInput() && left > 0) {
        int count = (int) Math.min(left, some.length);
        deflater.setInput(some, 0, count);
        left -= count;
      } else if (left == 0) {
        deflater.finish();
      }
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  static byte[] apng(int width, int height, int frames) {
    var out = new ByteArrayOutputStream();
    byte[] pixels = black(width, height);
    out.writeBytes(pngOf(header(width, height)));
    out.writeBytes(chunk("acTL", ByteBuffer.allocate(8).putInt(frames).putInt(0).array()));
    int sequence = 0;
    for (int i = 0; i < frames; i++) {
      ByteBuffer control = ByteBuffer.allocate(26).putInt(sequence++).putInt(width).putInt(height);
      out.writeBytes(chunk("fcTL", control.array()));
      out.writeBytes(
          i == 0 ? chunk("IDAT", pixels) : chunk("fdAT", joined(number(sequence++), pixels)));
    }
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  /** A GIF that says its one frame again and again, with a comment and words after its end. */
  static byte[] animatedGif(int width, int height, int frames, String words) {
    byte[] still = gif(width, height);
    int colours = 3 << ((still[10] & 7) + 1);
    int body = 13 + colours;
    byte[] frame = java.util.Arrays.copyOfRange(still, body, still.length - 1);
    byte[] text = words.getBytes(StandardCharsets.US_ASCII);
    var out = new ByteArrayOutputStream();
    out.write(still, 0, body);
    out.writeBytes(new byte[] {0x21, (byte) 0xff, 11});
    out.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {3, 1, 0, 0, 0});
    out.writeBytes(new byte[] {0x21, (byte) 0xfe, (byte) text.length});
    out.writeBytes(text);
    out.write(0);
    for (int i = 0; i < frames; i++) {
      out.writeBytes(frame);
    }
    out.write(0x3b);
    out.writeBytes(text);
    return out.toByteArray();
  }

  static byte[] webp(byte[]... chunks) {
    byte[] body = joined(chunks);
    return ByteBuffer.allocate(12 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + body.length)
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(body)
        .array();
  }

  static byte[] riff(String name, byte[] data) {
    return ByteBuffer.allocate(8 + data.length + (data.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  static byte[] vp8x(int flags, int width, int height) {
    return riff(
        "VP8X",
        new byte[] {
          (byte) flags,
          0,
          0,
          0,
          (byte) (width - 1),
          (byte) ((width - 1) >> 8),
          (byte) ((width - 1) >> 16),
          (byte) (height - 1),
          (byte) ((height - 1) >> 8),
          (byte) ((height - 1) >> 16)
        });
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
