package io.letschat.persistence.media.image;

import io.letschat.domain.Sentence;

/** An image that is not shared; the sentence is for the person who sent it. */
final class BadImage extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Sentence sentence;

  BadImage(Sentence sentence) {
    super(sentence.key(), null, false, false);
    this.sentence = sentence;
  }

  static BadImage truncated() {
    return new BadImage(Sentence.of("image.incomplete"));
  }

  static BadImage damaged() {
    return new BadImage(Sentence.of("image.damaged"));
  }

  Sentence sentence() {
    return sentence;
  }
}
