package io.letschat.persistence.media.image;

/** An image that is not shared; the message is a sentence for the person who sent it. */
final class BadImage extends Exception {
  private static final long serialVersionUID = 1L;

  BadImage(String sentence) {
    super(sentence, null, false, false);
  }

  static BadImage truncated() {
    return new BadImage("The image is not complete.");
  }

  static BadImage damaged() {
    return new BadImage("The image is damaged, or of a form that cannot be read here.");
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
