package io.letschat.persistence.media.image;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/** From what readers give to plain sRGB, without changing what is sRGB already. */
final class Srgb {
  private static final int ALPHA = 0xff000000;
  private static final int COLOURS = 0x00ffffff;

  private Srgb() {}

  /**
   * Some rows of a picture, as {@link BufferedImage#TYPE_INT_ARGB}.
   *
   * @param first the first of the rows
   */
  static BufferedImage rows(BufferedImage picture, int first, int count) {
    var rows = new BufferedImage(picture.getWidth(), count, BufferedImage.TYPE_INT_ARGB);
    if (isPlainGrey(picture.getColorModel())) {
      copyGrey(picture, first, rows);
    } else {
      Graphics2D pen = rows.createGraphics();
      // Mixed with what is under it, a half transparent colour would be rounded.
      pen.setComposite(AlphaComposite.Src);
      pen.drawImage(picture.getSubimage(0, first, picture.getWidth(), count), 0, 0, null);
      pen.dispose();
    }
    return rows;
  }

  /**
   * Java takes its own grey for linear light, though readers use it for the samples of files, which
   * are as bright as those of sRGB.
   */
  private static boolean isPlainGrey(ColorModel model) {
    return model.getColorSpace() == ColorSpace.getInstance(ColorSpace.CS_GRAY)
        && model.getTransferType() != DataBuffer.TYPE_FLOAT
        && model.getTransferType() != DataBuffer.TYPE_DOUBLE;
  }

  private static void copyGrey(BufferedImage picture, int first, BufferedImage rows) {
    Raster samples = picture.getRaster();
    int width = picture.getWidth();
    boolean alpha = picture.getColorModel().hasAlpha();
    int brightest = (1 << picture.getColorModel().getComponentSize(0)) - 1;
    int[] grey = new int[width];
    int[] opacity = new int[width];
    int[] row = new int[width];
    for (int y = 0; y < rows.getHeight(); y++) {
      samples.getSamples(0, first + y, width, 1, 0, grey);
      if (alpha) {
        samples.getSamples(0, first + y, width, 1, 1, opacity);
      }
      for (int x = 0; x < width; x++) {
        int value = eightBits(grey[x], brightest);
        row[x] = (alpha ? eightBits(opacity[x], brightest) << 24 : ALPHA) | value * 0x010101;
      }
      rows.getRaster().setDataElements(0, y, width, 1, row);
    }
  }

  private static int eightBits(int sample, int brightest) {
    return brightest == 255 ? sample : (int) ((sample * 255L + brightest / 2) / brightest);
  }

  /**
   * The same picture in sRGB, of which the file said in which colours it is. What is no profile of
   * colours or greys says nothing.
   *
   * @param picture of {@link BufferedImage#TYPE_INT_ARGB} or {@link BufferedImage#TYPE_INT_RGB}
   */
  static BufferedImage from(Optional<byte[]> profile, BufferedImage picture) {
    if (profile.isEmpty()) {
      return picture;
    }
    try {
      var space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.get()));
      return switch (space.getType()) {
        case ColorSpace.TYPE_RGB -> fromColours(space, picture);
        case ColorSpace.TYPE_GRAY -> fromGreys(space, picture);
        default -> picture;
      };
    } catch (IllegalArgumentException | CMMException unusable) {
      return picture;
    }
  }

  private static BufferedImage fromColours(ColorSpace space, BufferedImage picture) {
    boolean alpha = picture.getColorModel().hasAlpha();
    var model =
        new DirectColorModel(
            space,
            alpha ? 32 : 24,
            0xff0000,
            0xff00,
            0xff,
            alpha ? ALPHA : 0,
            false,
            DataBuffer.TYPE_INT);
    var meant = new BufferedImage(model, picture.getRaster(), false, null);
    var converted = new BufferedImage(picture.getWidth(), picture.getHeight(), picture.getType());
    return new ColorConvertOp(null).filter(meant, converted);
  }

  private static BufferedImage fromGreys(ColorSpace space, BufferedImage picture) {
    int[] table = new int[256];
    for (int grey = 0; grey < table.length; grey++) {
      float[] colour = space.toRGB(new float[] {grey / 255f});
      table[grey] =
          Math.round(colour[0] * 255) << 16
              | Math.round(colour[1] * 255) << 8
              | Math.round(colour[2] * 255);
    }
    int[] row = new int[picture.getWidth()];
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRaster().getDataElements(0, y, row.length, 1, row);
      for (int x = 0; x < row.length; x++) {
        int colours = row[x] & COLOURS;
        if ((colours & 0xff) * 0x010101 != colours) {
          return picture;
        }
        row[x] = row[x] & ALPHA | table[colours & 0xff];
      }
      picture.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return picture;
  }
}
