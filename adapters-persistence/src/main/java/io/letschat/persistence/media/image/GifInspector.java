package io.letschat.persistence.media.image;

import io.letschat.domain.media.Dimensions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Walks the blocks of a GIF file (GIF89a), and copies those that make the picture. Comments, texts,
 * applications' data and what follows the end stay behind.
 */
final class GifInspector {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int APPLICATION = 0xff;

  /** Those that say how often an animation is repeated. */
  private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

  private final ByteBuffer in;
  private final OutputStream out;
  private int frames;
  private int width;
  private int height;

  private GifInspector(ByteBuffer in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  static ImageInfo copy(ByteBuffer in, OutputStream out) throws BadImage, IOException {
    try {
      return new GifInspector(in, out).walk();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw BadImage.truncated();
    }
  }

  private ImageInfo walk() throws BadImage, IOException {
    in.position(6);
    width = littleEndian();
    height = littleEndian();
    int flags = in.get();
    in.position(13 + colours(flags));
    Bytes.copy(in, 0, in.position(), out);
    int block = in.get() & 0xff;
    while (block != TRAILER) {
      int start = in.position() - 1;
      switch (block) {
        case IMAGE -> image(start);
        case EXTENSION -> extension(start);
        case 0 -> {
          // Some programs end a block twice.
        }
        default -> throw BadImage.damaged();
      }
      block = in.get() & 0xff;
    }
    out.write(TRAILER);
    if (frames == 0 || width == 0 || height == 0) {
      throw BadImage.damaged();
    }
    return new ImageInfo(new Dimensions(width, height), frames, 4, Orientation.TOP_LEFT);
  }

  private void image(int start) throws IOException {
    int left = littleEndian();
    int top = littleEndian();
    int frameWidth = littleEndian();
    int frameHeight = littleEndian();
    // Browsers make the canvas as large as the largest frame.
    width = Math.max(width, left + frameWidth);
    height = Math.max(height, top + frameHeight);
    int flags = in.get();
    in.position(in.position() + colours(flags));
    in.get();
    skipSubBlocks();
    frames++;
    Bytes.copy(in, start, in.position() - start, out);
  }

  private void extension(int start) throws IOException {
    int label = in.get() & 0xff;
    boolean kept = label == GRAPHIC_CONTROL || (label == APPLICATION && LOOPS.contains(name()));
    skipSubBlocks();
    if (kept) {
      Bytes.copy(in, start, in.position() - start, out);
    }
  }

  private String name() {
    int at = in.position();
    int length = Math.min(in.get(at) & 0xff, in.limit() - at - 1);
    byte[] name = new byte[length];
    in.get(at + 1, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private void skipSubBlocks() {
    int length = in.get() & 0xff;
    while (length != 0) {
      in.position(in.position() + length);
      length = in.get() & 0xff;
    }
  }

  private int littleEndian() {
    return (in.get() & 0xff) | (in.get() & 0xff) << 8;
  }

  /** The bytes of a colour table. */
  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
