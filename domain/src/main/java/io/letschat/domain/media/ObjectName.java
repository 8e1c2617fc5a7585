package io.letschat.domain.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stored file, or its smaller form, is called in a store and in the URLs that we serve: made
 * of nothing that came from outside.
 */
public record ObjectName(FileKey key, boolean thumbnail, FileKind kind) {
  private static final String SMALL = "-small";
  private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{32})(-small)?\\.([a-z]{3,4})");

  public static ObjectName of(FileKey key, FileKind kind) {
    return new ObjectName(key, false, kind);
  }

  public static ObjectName thumbnailOf(FileKey key, FileKind kind) {
    return new ObjectName(key, true, kind);
  }

  /** Empty if it is not a name of this form. */
  public static Optional<ObjectName> read(String text) {
    Matcher match = SHAPE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    return FileKind.withExtension(match.group(3))
        .map(kind -> new ObjectName(new FileKey(match.group(1)), match.group(2) != null, kind));
  }

  public String text() {
    return key.value() + (thumbnail ? SMALL : "") + "." + kind.extension();
  }

  @Override
  public String toString() {
    return text();
  }
}
