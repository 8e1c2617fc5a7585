package io.letschat.web.media;

import io.javalin.http.Context;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiException;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A form with a file in it (RFC 7578). Everything goes to a folder, nothing to the heap. */
final class Multipart {
  /** What may stand around the file: boundaries, headers, short fields. */
  private static final long AROUND_BYTES = 64 * 1024;

  static final Sentence NOT_STORED = Sentence.of("upload.not-stored");

  private static final Logger log = LoggerFactory.getLogger(Multipart.class);
  private static final int MOST_FIELD_BYTES = 1024;
  private static final String JETTY_CONFIG = "org.eclipse.jetty.multipartConfig";

  private final Collection<Part> parts;
  private final String field;
  private final TempFolder tempFolder;

  private Multipart(Collection<Part> parts, String field, TempFolder tempFolder) {
    this.parts = parts;
    this.field = field;
    this.tempFolder = tempFolder;
  }

  /**
   * Reads the body.
   *
   * @param field the name of the file's field
   * @param mostBytes of the file
   * @throws ApiException 413, 415, or 400 when it is not legible or did not arrive whole
   * @throws TempFolderUnavailable when it cannot be kept
   */
  static Multipart read(Context ctx, String field, long mostBytes, TempFolder tempFolder) {
    String type = ctx.req().getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw ApiException.of(415, "unsupported_media_type", Sentence.of("upload.no-form"));
    }
    long most = mostBytes + AROUND_BYTES;
    if (ctx.req().getContentLengthLong() > most) {
      discard(ctx, 2 * most);
      throw tooLarge(field, mostBytes);
    }
    // A file that is a little too large is read, and refused by its size.
    var config = new MultipartConfigElement(tempFolder.folder().toString(), -1, most, 0);
    ctx.req().setAttribute(JETTY_CONFIG, config);
    try {
      return new Multipart(List.copyOf(ctx.req().getParts()), field, tempFolder);
    } catch (IOException | ServletException | RuntimeException e) {
      if (isTooLarge(e)) {
        throw tooLarge(field, mostBytes);
      }
      Optional<TempFolderUnavailable> unavailable = TempFolderUnavailable.dueTo(e);
      if (unavailable.isPresent()) {
        throw unavailable.get();
      }
      throw ApiException.malformed("malformed_form", Sentence.of("upload.broken-form"));
    }
  }

  /** Many clients listen to an answer only when they have sent everything. */
  private static void discard(Context ctx, long mostBytes) {
    try {
      ctx.req().getInputStream().skipNBytes(Math.min(mostBytes, ctx.req().getContentLengthLong()));
    } catch (IOException e) {
      // Whoever has gone needs no answer.
    }
  }

  /** Jetty says in several ways that a form is too large, and in others that it is broken. */
  private static boolean isTooLarge(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String said = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if ((at instanceof HttpException http && http.getCode() == 413)
          || said.contains("max length exceeded")
          || said.contains("max file size exceeded")) {
        return true;
      }
    }
    return false;
  }

  /** A full disk is nothing that the sender could mend, and the log must say it. */
  static ApiException notStored(TempFolderUnavailable cause) {
    log.error("An upload could not be taken: {}", cause.getMessage(), cause);
    return ApiException.of(503, "storage_unavailable", NOT_STORED);
  }

  static ApiException tooLarge(String field, long mostBytes) {
    Sentence sentence = Sentence.of("upload.too-large").with("megabytes", mostBytes >> 20);
    return ApiException.of(413, "file_too_large", field, sentence);
  }

  /**
   * The one file.
   *
   * @throws ApiException 422 when there is none, or more than one
   */
  Sent file() {
    List<Part> files = parts.stream().filter(part -> part.getName().equals(field)).toList();
    if (files.size() != 1) {
      throw ApiException.of(422, "invalid_fields", field, Sentence.of("upload.no-file"));
    }
    Part part = files.getFirst();
    Path file = tempFolder.newFile();
    try {
      part.write(file.getFileName().toString());
    } catch (IOException e) {
      throw new TempFolderUnavailable(e);
    }
    String name = part.getSubmittedFileName();
    return new Sent(file, name == null ? "" : name);
  }

  /** A short field, or nothing. */
  String field(String name) {
    for (Part part : parts) {
      if (part.getName().equals(name)) {
        try (InputStream in = part.getInputStream()) {
          return new String(in.readNBytes(MOST_FIELD_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
          throw new TempFolderUnavailable(e);
        }
      }
    }
    return "";
  }

  /**
   * @param name as the sender wrote it
   */
  record Sent(Path file, String name) {}
}
