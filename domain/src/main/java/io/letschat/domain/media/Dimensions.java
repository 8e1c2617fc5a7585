package io.letschat.domain.media;

/** The size of a picture in pixels. */
public record Dimensions(int width, int height) {
  public Dimensions {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture has a width and a height");
    }
  }

  public long pixels() {
    return (long) width * height;
  }

  /** The largest size of the same proportions with no side longer than {@code longest}. */
  public Dimensions within(int longest) {
    int longer = Math.max(width, height);
    if (longer <= longest) {
      return this;
    }
    double factor = (double) longest / longer;
    return new Dimensions(
        Math.max(1, (int) Math.round(width * factor)),
        Math.max(1, (int) Math.round(height * factor)));
  }
}
