package io.letschat.persistence.media.image;

import io.letschat.application.media.Images;
import io.letschat.application.media.Rendition;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.domain.Sentence;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * {@link Images} with ImageIO: two at a time, each in a bounded number of bytes. The file itself is
 * mapped, not read into the heap. The work is done on threads of the platform: on virtual ones it
 * would keep everybody else from theirs, as it never waits.
 */
final class ImageIoProcessor implements Images {
  private static final int BENCHES = 2;

  private final ExecutorService benches =
      Executors.newFixedThreadPool(
          BENCHES, Thread.ofPlatform().name("images-", 1).daemon().factory());

  @Override
  public Processing forSharing(Path image, FileKind kind, TempFolder tempFolder) {
    return atABench(
        image,
        kind,
        tempFolder,
        (imageInfo, stripped) ->
            imageInfo.isAnimation()
                ? new Processed(
                    new Rendition(stripped, kind, Optional.of(imageInfo.size())), Optional.empty())
                : still(upright(stripped, kind, imageInfo), kind, tempFolder));
  }

  @Override
  public Processing portrait(Path image, FileKind kind, TempFolder tempFolder) {
    return atABench(
        image,
        kind,
        tempFolder,
        (imageInfo, stripped) -> {
          BufferedImage square = middle(upright(stripped, kind, imageInfo));
          Path file = tempFolder.newFile();
          return new Processed(
              square.getColorModel().hasAlpha()
                  ? Encoder.png(square, file)
                  : Encoder.jpeg(square, file),
              Optional.empty());
        });
  }

  private interface Work {
    Processing on(ImageInfo imageInfo, Path stripped) throws BadImage, IOException;
  }

  private Processing atABench(Path image, FileKind kind, TempFolder tempFolder, Work work) {
    Future<Processing> outcome =
        benches.submit(() -> {
          try {
            Path stripped = kind == FileKind.JPEG ? image : tempFolder.newFile();
            return work.on(scan(image, kind, stripped), stripped);
          } catch (BadImage e) {
            return new Unusable(e.sentence());
          }
        });
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      Optional<TempFolderUnavailable> unavailable = TempFolderUnavailable.dueTo(e);
      if (unavailable.isPresent()) {
        throw unavailable.get();
      }
      throw new IllegalStateException("an image could not be worked on", e.getCause());
    } catch (InterruptedException e) {
      outcome.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * What the file says of itself, within bounds; without what is no picture in {@code stripped}.
   */
  private static ImageInfo scan(Path image, FileKind kind, Path stripped)
      throws BadImage, IOException {
    ImageInfo imageInfo;
    try (Arena arena = Arena.ofConfined();
        FileChannel file = FileChannel.open(image)) {
      ByteBuffer bytes = file.map(MapMode.READ_ONLY, 0, file.size(), arena).asByteBuffer();
      if (kind == FileKind.JPEG) {
        imageInfo = JpegInspector.of(bytes);
      } else {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(stripped))) {
          imageInfo =
              switch (kind) {
                case PNG -> PngInspector.copy(bytes, out);
                case GIF -> GifInspector.copy(bytes, out);
                case WEBP -> WebpInspector.copy(bytes, out);
                case JPEG, PDF ->
                    throw new IllegalArgumentException(kind + " is scanned otherwise");
              };
        }
      }
    }
    if (imageInfo.size().pixels() > MOST_PIXELS) {
      throw new BadImage(
          Sentence.of("image.too-many-pixels").with("megapixels", MOST_PIXELS / 1_000_000));
    }
    if (imageInfo.frames() > MOST_FRAMES) {
      throw new BadImage(Sentence.of("image.too-many-frames").with("most", MOST_FRAMES));
    }
    return imageInfo;
  }

  private static BufferedImage upright(Path file, FileKind kind, ImageInfo imageInfo)
      throws BadImage, IOException {
    BufferedImage decoded = Decoder.decode(file, kind, imageInfo);
    var size = new Dimensions(decoded.getWidth(), decoded.getHeight()).within(LONGEST_SIDE);
    BufferedImage scaled = Srgb.from(imageInfo.profile(), scaled(decoded, size));
    return imageInfo.orientation() == Orientation.TOP_LEFT
        ? scaled
        : ExifFilterUtils.getFilterForOrientation(imageInfo.orientation()).apply(scaled);
  }

  private static BufferedImage middle(BufferedImage picture) throws IOException {
    int side = Math.min(picture.getWidth(), picture.getHeight());
    int left = (picture.getWidth() - side) / 2;
    int top = (picture.getHeight() - side) / 2;
    return scaled(
        picture.getSubimage(left, top, side, side), new Dimensions(PORTRAIT_SIDE, PORTRAIT_SIDE));
  }

  private static Processing still(BufferedImage picture, FileKind kind, TempFolder tempFolder)
      throws IOException {
    boolean photograph = kind == FileKind.JPEG || kind == FileKind.WEBP;
    boolean opaque = !picture.getColorModel().hasAlpha();
    Rendition full =
        photograph && opaque
            ? Encoder.jpeg(picture, tempFolder.newFile())
            : Encoder.smaller(picture, tempFolder.newFile(), tempFolder.newFile());
    var size = new Dimensions(picture.getWidth(), picture.getHeight());
    Dimensions small = size.within(LONGEST_THUMBNAIL_SIDE);
    if (small.equals(size)) {
      return new Processed(full, Optional.empty());
    }
    BufferedImage thumbnail = scaled(picture, small);
    return new Processed(
        full,
        Optional.of(
            opaque
                ? Encoder.jpeg(thumbnail, tempFolder.newFile())
                : Encoder.png(thumbnail, tempFolder.newFile())));
  }

  /** In plain sRGB; without alpha if every pixel is opaque. */
  private static BufferedImage scaled(BufferedImage picture, Dimensions size) throws IOException {
    BufferedImage scaled =
        size.width() <= picture.getWidth() && size.height() <= picture.getHeight()
            ? Scaler.down(picture, size.width(), size.height())
            : Thumbnails.of(picture)
                .forceSize(size.width(), size.height())
                .imageType(BufferedImage.TYPE_INT_ARGB)
                .asBufferedImage();
    if (!isOpaque(scaled)) {
      return scaled;
    }
    var opaque = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    opaque.setRGB(
        0,
        0,
        size.width(),
        size.height(),
        scaled.getRGB(0, 0, size.width(), size.height(), null, 0, size.width()),
        0,
        size.width());
    return opaque;
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
