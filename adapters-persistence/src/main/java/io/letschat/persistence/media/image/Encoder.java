package io.letschat.persistence.media.image;

import io.letschat.application.media.Rendition;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** From pixels to a file; nothing but the pixels goes into it. */
final class Encoder {
  private static final float QUALITY = 0.85f;

  /** A drawing without losses that is no larger stays one. */
  private static final long SMALL_BYTES = 300_000;

  /** So much smaller must a JPEG be to be worth its losses. */
  private static final int WORTH = 3;

  private Encoder() {}

  static Rendition jpeg(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new FileImageOutputStream(file.toFile())) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return rendition(picture, FileKind.JPEG, file);
  }

  static Rendition png(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (var out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(picture);
    } finally {
      writer.dispose();
    }
    return rendition(picture, FileKind.PNG, file);
  }

  /** As a PNG, unless it is opaque and a JPEG is far smaller, as of a photograph. */
  static Rendition smaller(BufferedImage picture, Path png, Path jpeg) throws IOException {
    Rendition exact = png(picture, png);
    if (picture.getColorModel().hasAlpha() || Files.size(png) <= SMALL_BYTES) {
      return exact;
    }
    Rendition lossy = jpeg(picture, jpeg);
    return Files.size(jpeg) * WORTH < Files.size(png) ? lossy : exact;
  }

  private static Rendition rendition(BufferedImage picture, FileKind kind, Path file) {
    var size = new Dimensions(picture.getWidth(), picture.getHeight());
    return new Rendition(file, kind, Optional.of(size));
  }
}
