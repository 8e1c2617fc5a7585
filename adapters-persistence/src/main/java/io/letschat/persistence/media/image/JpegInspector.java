package io.letschat.persistence.media.image;

import io.letschat.domain.Sentence;
import io.letschat.domain.media.Dimensions;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Walks the segments of a JPEG file (ITU T.81, annex B). */
final class JpegInspector {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int APP1 = 0xe1;

  /** Cameras write up to a dozen; each costs a pass over the whole picture. */
  private static final int MOST_SCANS = 64;

  private static final int MOST_EXIF_BYTES = 64 * 1024;

  private Optional<Dimensions> size = Optional.empty();
  private Optional<byte[]> exif = Optional.empty();
  private int scans;

  private JpegInspector() {}

  static ImageInfo of(ByteBuffer in) throws BadImage {
    try {
      return new JpegInspector().walk(in);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw BadImage.truncated();
    }
  }

  private ImageInfo walk(ByteBuffer in) throws BadImage {
    in.position(2);
    int marker = nextMarker(in);
    while (marker != END_OF_IMAGE) {
      if (!standsAlone(marker)) {
        segment(marker, in);
      }
      marker = nextMarker(in);
    }
    if (size.isEmpty() || scans == 0) {
      throw BadImage.damaged();
    }
    return new ImageInfo(size.get(), 1, 3, ImageInfo.orientation(exif));
  }

  private void segment(int marker, ByteBuffer in) throws BadImage {
    int start = in.position();
    int length = Short.toUnsignedInt(in.getShort());
    if (length < 2) {
      throw BadImage.damaged();
    }
    if (isFrame(marker)) {
      in.get();
      int height = Short.toUnsignedInt(in.getShort());
      int width = Short.toUnsignedInt(in.getShort());
      int colours = in.get();
      if (size.isPresent() || width == 0 || height == 0) {
        throw BadImage.damaged();
      }
      if (colours == 4) {
        throw new BadImage(Sentence.of("image.cmyk"));
      }
      size = Optional.of(new Dimensions(width, height));
    } else if (marker == APP1 && exif.isEmpty() && length - 2 <= MOST_EXIF_BYTES) {
      byte[] data = new byte[length - 2];
      in.get(data);
      if (data.length > 4 && data[0] == 'E' && data[1] == 'x') {
        exif = Optional.of(data);
      }
    } else if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
      throw BadImage.damaged();
    }
    in.position(start + length);
  }

  /** Skips what is no marker: the picture itself, and fill bytes. */
  private static int nextMarker(ByteBuffer in) {
    while (true) {
      if (in.get() == (byte) 0xff) {
        int marker = in.get() & 0xff;
        if (marker == 0xff) {
          in.position(in.position() - 1);
        } else if (marker != 0) {
          return marker;
        }
      }
    }
  }

  private static boolean standsAlone(int marker) {
    return marker == 1 || (marker >= 0xd0 && marker <= 0xd8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
