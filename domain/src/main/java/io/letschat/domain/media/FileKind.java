package io.letschat.domain.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of files that can be shared. What a file is, its first bytes say and nothing else. */
public enum FileKind {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp"),
  PDF("application/pdf", "pdf");

  /** How many bytes {@link #of} wants to see. */
  public static final int HEAD_BYTES = 12;

  private final String mediaType;
  private final String extension;

  FileKind(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /**
   * The kind of the file that begins like this; empty if it is none that can be shared.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, fewer of a shorter file
   */
  public static Optional<FileKind> of(byte[] head) {
    if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (begins(head, 0, "RIFF") && begins(head, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    return begins(head, 0, "%PDF-") ? Optional.of(PDF) : Optional.empty();
  }

  private static boolean begins(byte[] head, int at, String signature) {
    byte[] bytes = signature.getBytes(StandardCharsets.ISO_8859_1);
    int end = at + bytes.length;
    return head.length >= end && Arrays.equals(head, at, end, bytes, 0, bytes.length);
  }

  /** As in {@code Content-Type}. */
  public String mediaType() {
    return mediaType;
  }

  /** How names of such files end, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether it can be looked at in the conversation. */
  public boolean isImage() {
    return this != PDF;
  }

  public static Optional<FileKind> withMediaType(String mediaType) {
    return Arrays.stream(values()).filter(kind -> kind.mediaType.equals(mediaType)).findFirst();
  }

  public static Optional<FileKind> withExtension(String extension) {
    return Arrays.stream(values()).filter(kind -> kind.extension.equals(extension)).findFirst();
  }
}
