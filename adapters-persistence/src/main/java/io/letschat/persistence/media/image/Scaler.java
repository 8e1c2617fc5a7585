package io.letschat.persistence.media.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Scales down: each pixel is the mean of the area that it stands for, however thin that is. Colours
 * count as much as they are opaque.
 */
final class Scaler {
  private static final int ROWS_AT_ONCE = 64;

  private final BufferedImage picture;
  private final int width;
  private final int height;
  private final BufferedImage scaled;

  /** Of a row of pixels to be: alpha, and red, green and blue times alpha, each times area. */
  private final double[] sums;

  private final double[] ends;

  private Scaler(BufferedImage picture, int width, int height) {
    this.picture = picture;
    this.width = width;
    this.height = height;
    this.scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    this.sums = new double[width * 4];
    this.ends = ends(picture.getWidth(), width);
  }

  /**
   * In sRGB, as {@link BufferedImage#TYPE_INT_ARGB}.
   *
   * @param width at most the picture's
   * @param height at most the picture's
   */
  static BufferedImage down(BufferedImage picture, int width, int height) {
    var scaler = new Scaler(picture, width, height);
    scaler.scale();
    return scaler.scaled;
  }

  private void scale() {
    int[] row = new int[picture.getWidth()];
    BufferedImage rows = Srgb.rows(picture, 0, Math.min(ROWS_AT_ONCE, picture.getHeight()));
    int firstRow = 0;
    int y = 0;
    double rest = 1;
    double step = (double) picture.getHeight() / height;
    for (int target = 0; target < height; target++) {
      Arrays.fill(sums, 0);
      double needed = step;
      while (needed > 1e-9 && y < picture.getHeight()) {
        if (y >= firstRow + rows.getHeight()) {
          firstRow = y;
          rows = Srgb.rows(picture, y, Math.min(ROWS_AT_ONCE, picture.getHeight() - y));
        }
        rows.getRaster().getDataElements(0, y - firstRow, row.length, 1, row);
        double part = Math.min(rest, needed);
        add(row, part);
        needed -= part;
        rest -= part;
        if (rest <= 1e-9) {
          y++;
          rest = 1;
        }
      }
      write(target);
    }
  }

  private void add(int[] row, double share) {
    double alpha = 0;
    double red = 0;
    double green = 0;
    double blue = 0;
    int at = 0;
    for (int x = 0; x < row.length; x++) {
      int pixel = row[x];
      double weight = (pixel >>> 24) * share;
      double inside = ends[x];
      if (inside > 0) {
        double part = weight * inside;
        sums[at] += alpha + part;
        sums[at + 1] += red + (pixel >> 16 & 0xff) * part;
        sums[at + 2] += green + (pixel >> 8 & 0xff) * part;
        sums[at + 3] += blue + (pixel & 0xff) * part;
        at += 4;
        weight -= part;
        alpha = 0;
        red = 0;
        green = 0;
        blue = 0;
      }
      alpha += weight;
      red += (pixel >> 16 & 0xff) * weight;
      green += (pixel >> 8 & 0xff) * weight;
      blue += (pixel & 0xff) * weight;
    }
  }

  /** Where the pixels to be end: at which pixels, and how much of these is still inside. */
  private static double[] ends(int from, int to) {
    double[] ends = new double[from];
    for (int target = 1; target <= to; target++) {
      double end = (double) target * from / to;
      int x = Math.min(from, (int) Math.ceil(end)) - 1;
      ends[x] = Math.min(1, end - x);
    }
    return ends;
  }

  private void write(int y) {
    double area = (double) picture.getWidth() / width * ((double) picture.getHeight() / height);
    int[] row = new int[width];
    for (int x = 0; x < width; x++) {
      double alpha = sums[x * 4];
      int opacity = (int) Math.min(255, Math.round(alpha / area));
      if (opacity > 0) {
        row[x] =
            opacity << 24
                | mean(sums[x * 4 + 1], alpha) << 16
                | mean(sums[x * 4 + 2], alpha) << 8
                | mean(sums[x * 4 + 3], alpha);
      }
    }
    scaled.getRaster().setDataElements(0, y, width, 1, row);
  }

  private static int mean(double sum, double alpha) {
    return (int) Math.min(255, Math.round(sum / alpha));
  }
}
