package io.letschat.persistence.media.image;

import io.letschat.domain.media.Dimensions;
import java.util.Optional;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * What an image says of itself, known without decoding it.
 *
 * @param size as it is stored, before it is turned upright; the largest that any part claims
 * @param frames 1 of a still
 * @param bytesPerPixel what a decoded pixel takes
 * @param profile in which colours the pixels are (ICC), where the reader does not see to it
 */
record ImageInfo(
    Dimensions size,
    int frames,
    int bytesPerPixel,
    Orientation orientation,
    Optional<byte[]> profile) {
  /** A larger profile is not looked at. Those of cameras and screens have some kilobytes. */
  static final int MOST_PROFILE_BYTES = 1024 * 1024;

  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  ImageInfo(Dimensions size, int frames, int bytesPerPixel, Orientation orientation) {
    this(size, frames, bytesPerPixel, orientation, Optional.empty());
  }

  boolean isAnimation() {
    return frames > 1;
  }

  /**
   * Which way up the picture is, by its Exif data.
   *
   * @param tiff the data after the marker {@code Exif}, or with it
   */
  static Orientation orientation(Optional<byte[]> tiff) {
    try {
      Orientation found =
          ExifUtils.getOrientationFromExif(tiff.map(ImageInfo::marked).orElse(EXIF));
      return found == null ? Orientation.TOP_LEFT : found;
    } catch (RuntimeException unreadable) {
      // Then it says nothing.
      return Orientation.TOP_LEFT;
    }
  }

  private static byte[] marked(byte[] data) {
    if (data.length > 4 && data[0] == 'E' && data[1] == 'x') {
      return data;
    }
    byte[] marked = new byte[EXIF.length + data.length];
    System.arraycopy(EXIF, 0, marked, 0, EXIF.length);
    System.arraycopy(data, 0, marked, EXIF.length, data.length);
    return marked;
  }
}
