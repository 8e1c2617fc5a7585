package io.letschat.application.media;

import io.letschat.domain.Sentence;
import io.letschat.domain.media.FileKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From what somebody sent to what is stored: what it is, its bytes say. */
final class UploadProcessor {
  /** Where the end mark of a PDF is looked for; real ones have it in the last 1024 bytes. */
  private static final int PDF_TAIL_BYTES = 2048;

  sealed interface Outcome {}

  record Ready(Rendition full, Optional<Rendition> thumbnail) implements Outcome {}

  record Refused(ShareFile.Result why) implements Outcome {}

  private final Images images;

  UploadProcessor(Images images) {
    this.images = images;
  }

  Outcome prepare(Path file, TempFolder tempFolder) throws IOException {
    if (Files.size(file) > ShareFile.MOST_BYTES) {
      return new Refused(new ShareFile.TooLarge());
    }
    Optional<FileKind> kind = kindOf(file);
    if (kind.isEmpty()) {
      return new Refused(new ShareFile.NotShareable());
    }
    if (!kind.get().isImage()) {
      return document(file);
    }
    return switch (images.forSharing(file, kind.get(), tempFolder)) {
      case Images.Processed(var full, var thumbnail) -> new Ready(full, thumbnail);
      case Images.Unusable(var sentence) -> new Refused(new ShareFile.Unusable(sentence));
    };
  }

  static Optional<FileKind> kindOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileKind.of(in.readNBytes(FileKind.HEAD_BYTES));
    }
  }

  private static Outcome document(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(in.length(), PDF_TAIL_BYTES)];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      if (!new String(tail, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
        return new Refused(new ShareFile.Unusable(Sentence.of("upload.pdf-incomplete")));
      }
    }
    return new Ready(new Rendition(file, FileKind.PDF, Optional.empty()), Optional.empty());
  }
}
