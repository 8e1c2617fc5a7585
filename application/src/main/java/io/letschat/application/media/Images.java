package io.letschat.application.media;

import io.letschat.domain.Sentence;
import io.letschat.domain.media.FileKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The work on pictures. It needs memory and time: implementations bound how many are decoded at
 * once, and a caller waits its turn. What an image would need is known from its header before
 * anything is decoded.
 */
public interface Images {
  /** The longest side of what is shown, in pixels; larger stills are scaled down. */
  int LONGEST_SIDE = 2048;

  /** The longest side of a thumbnail, in pixels. */
  int LONGEST_THUMBNAIL_SIDE = 640;

  /** The sides of a portrait, in pixels. */
  int PORTRAIT_SIDE = 300;

  /** A picture with more pixels is not decoded. */
  long MOST_PIXELS = 25_000_000;

  /** An animation with more frames is not passed on. */
  int MOST_FRAMES = 200;

  /**
   * Makes what is stored of an image. Stills are decoded, turned upright, scaled and compressed
   * anew; animations keep their frames. Nothing that describes the image beside its pixels is kept.
   *
   * @param kind what the first bytes say, an image
   * @param scratch where the new files go
   */
  Processing forSharing(Path image, FileKind kind, TempFolder tempFolder);

  /**
   * Makes a square of {@link #PORTRAIT_SIDE} pixels of the middle of an image, of the first frame
   * of an animation; as {@link #forSharing} otherwise.
   */
  Processing portrait(Path image, FileKind kind, TempFolder tempFolder);

  /** What became of an image. */
  sealed interface Processing {}

  /**
   * @param thumbnail a smaller form, of images that are larger than one
   */
  record Processed(Rendition full, Optional<Rendition> thumbnail) implements Processing {}

  /** It is not shared. The sentence is for the person who sent it. */
  record Unusable(Sentence sentence) implements Processing {}
}
