package io.letschat.domain.media;

import io.letschat.domain.NameRules;
import io.letschat.domain.Text;
import java.util.Locale;

/**
 * What somebody calls a file; for people to read, never for a file system. Folders and whatever
 * could mislead a reader are taken out, and it is cut to {@value #MOST_CODE_POINTS} code points.
 */
public record FileName(String text) {
  static final int MOST_CODE_POINTS = 100;

  public FileName {
    if (text.isBlank()
        || Text.codePoints(text) > MOST_CODE_POINTS
        || !Text.isWellFormed(text)
        || Text.hasControls(text)) {
      throw new IllegalArgumentException("not tidied");
    }
  }

  /**
   * Makes a name of whatever was sent.
   *
   * @param sent may be empty, or anything else
   * @param kind gives the name when nothing is left, and the ending when it has none of its sort
   */
  public static FileName of(String sent, FileKind kind) {
    String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    var kept = new StringBuilder();
    name.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .filter(c -> !Text.hasControls(Character.toString(c)))
        .forEach(kept::appendCodePoint);
    String tidy = kept.toString().strip();
    String ending = "." + kind.extension();
    int dot = tidy.lastIndexOf('.');
    String stem = dot < 0 || tidy.length() - dot > 6 ? tidy : tidy.substring(0, dot);
    String end = stem.length() == tidy.length() ? ending : tidy.substring(dot);
    // Whoever saves it under this name must not get a page or a program by it.
    if (!kind.isImage()) {
      end = ending;
    } else if (!isOfImages(end)) {
      stem = tidy;
      end = ending;
    }
    if (!NameRules.isVisible(stem.replace('.', ' '))) {
      stem = kind.isImage() ? "image" : "file";
    }
    int most = MOST_CODE_POINTS - Text.codePoints(end);
    if (Text.codePoints(stem) > most) {
      stem = stem.substring(0, stem.offsetByCodePoints(0, most));
    }
    return new FileName(stem.strip() + end);
  }

  private static boolean isOfImages(String ending) {
    String extension = ending.substring(1).toLowerCase(Locale.ROOT);
    return extension.equals("jpeg")
        || FileKind.withExtension(extension).filter(FileKind::isImage).isPresent();
  }

  @Override
  public String toString() {
    return text;
  }
}
