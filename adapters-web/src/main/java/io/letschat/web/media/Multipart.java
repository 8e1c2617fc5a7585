package io.letschat.web.media;

import io.javalin.http.Context;
import io.letschat.application.media.Scratch;
import io.letschat.web.http.Refused;
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

/** A form with a file in it (RFC 7578). Everything goes to a folder, nothing to the heap. */
final class Multipart {
  /** What may stand around the file: boundaries, headers, short fields. */
  private static final long AROUND_BYTES = 64 * 1024;

  private static final int MOST_FIELD_BYTES = 1024;
  private static final String JETTY_CONFIG = "org.eclipse.jetty.multipartConfig";

  private final Collection<Part> parts;
  private final Scratch scratch;

  private Multipart(Collection<Part> parts, Scratch scratch) {
    this.parts = parts;
    this.scratch = scratch;
  }

  /**
   * Reads the body.
   *
   * @throws Refused 413, 415, or 400 when it is not legible or did not arrive whole
   */
  static Multipart read(Context ctx, long mostBytes, Scratch scratch) {
    String type = ctx.req().getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw Refused.of(
          415, "unsupported_media_type", "Send a form with a file in it (multipart/form-data).");
    }
    long most = mostBytes + AROUND_BYTES;
    if (ctx.req().getContentLengthLong() > most) {
      throw tooLarge();
    }
    var config = new MultipartConfigElement(scratch.folder().toString(), mostBytes, most, 0);
    ctx.req().setAttribute(JETTY_CONFIG, config);
    try {
      return new Multipart(List.copyOf(ctx.req().getParts()), scratch);
    } catch (IOException | ServletException | RuntimeException e) {
      throw refusal(e);
    }
  }

  /** Jetty says in several ways that a form is too large, and in others that it is broken. */
  private static Refused refusal(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String said = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if ((at instanceof HttpException http && http.getCode() == 413)
          || said.contains("max length exceeded")
          || said.contains("max file size exceeded")) {
        return tooLarge();
      }
    }
    return Refused.malformed("malformed_form", "The form did not arrive whole, or is no form.");
  }

  static Refused tooLarge() {
    return Refused.of(413, "file_too_large", "file", "The file is larger than 10 MB.");
  }

  /** The one file, or empty. */
  Optional<Sent> file(String field) throws IOException {
    List<Part> files = parts.stream().filter(part -> part.getName().equals(field)).toList();
    if (files.size() != 1) {
      return Optional.empty();
    }
    Part part = files.getFirst();
    Path file = scratch.newFile();
    part.write(file.getFileName().toString());
    String name = part.getSubmittedFileName();
    return Optional.of(new Sent(file, name == null ? "" : name));
  }

  /** A short field, or nothing. */
  String field(String name) throws IOException {
    for (Part part : parts) {
      if (part.getName().equals(name)) {
        try (InputStream in = part.getInputStream()) {
          return new String(in.readNBytes(MOST_FIELD_BYTES), StandardCharsets.UTF_8).strip();
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
