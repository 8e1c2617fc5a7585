package io.letschat.persistence.media.cloudinary;

import com.cloudinary.Cloudinary;
import com.cloudinary.Transformation;
import io.letschat.application.media.FileStore;
import io.letschat.application.media.Images;
import io.letschat.application.media.Rendition;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.conn.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files at Cloudinary, by its upload API. Whoever knows the URL of one can fetch it, and nobody can
 * guess it. Thumbnails are made there, with the upload.
 */
final class CloudinaryFiles implements FileStore {
  private static final Logger log = LoggerFactory.getLogger(CloudinaryFiles.class);
  private static final String FOLDER = "letschat/";
  private static final int LONGEST_URL = 2000;

  private final Cloudinary cloudinary;
  private final Patience patience;
  private final boolean plainHttp;

  /**
   * @param plainHttp whether files may be at an {@code http} address, too
   */
  CloudinaryFiles(Cloudinary cloudinary, Patience patience, boolean plainHttp) {
    this.cloudinary = cloudinary;
    this.patience = patience;
    this.plainHttp = plainHttp;
  }

  @Override
  public Placing place(FileKey key, Rendition full, Optional<Rendition> thumbnail) {
    Map<String, Object> options = options(full.kind());
    options.put("public_id", publicId(key, full.kind()));
    options.put("filename", ObjectName.of(key, full.kind()).text());
    options.put("overwrite", false);
    if (thumbnail.isPresent()) {
      int longest = Images.LONGEST_THUMBNAIL_SIDE;
      options.put(
          "eager", List.of(new Transformation<>().width(longest).height(longest).crop("limit")));
    }
    try {
      Map<?, ?> answer =
          within(
              patience.uploadMillis(),
              () -> cloudinary.uploader().upload(full.file().toFile(), options));
      return placing(answer);
    } catch (IOException | RuntimeException e) {
      log.warn("Cloudinary did not take a file: {}", e.toString());
      return new Unavailable(wasNeverReached(e));
    }
  }

  private Placing placing(Map<?, ?> answer) {
    if (answer.get("error") instanceof Map<?, ?> error) {
      log.warn("Cloudinary refused a file: {} {}", error.get("http_code"), error.get("message"));
      // An answer that is no JSON comes as an error, too, with the status 200.
      return new Unavailable(error.get("http_code") instanceof Integer code && code >= 400);
    }
    Optional<String> url = address(answer.get("secure_url"));
    if (url.isEmpty()) {
      log.warn("Cloudinary's answer has no usable secure_url");
      return new Unavailable(false);
    }
    Optional<String> small = Optional.empty();
    if (answer.get("eager") instanceof List<?> eager
        && !eager.isEmpty()
        && eager.getFirst() instanceof Map<?, ?> first) {
      small = address(first.get("secure_url"));
    }
    return new Placed(url.get(), small);
  }

  @Override
  public boolean remove(FileKey key, FileKind kind) {
    Map<String, Object> options = options(kind);
    options.put("invalidate", true);
    try {
      Map<?, ?> answer =
          within(
              patience.removalMillis(),
              () -> cloudinary.uploader().destroy(publicId(key, kind), options));
      return "ok".equals(answer.get("result")) || "not found".equals(answer.get("result"));
    } catch (IOException | RuntimeException e) {
      log.warn("Cloudinary did not remove a file: {}", e.toString());
      return false;
    }
  }

  private Map<String, Object> options(FileKind kind) {
    Map<String, Object> options = new HashMap<>();
    options.put("resource_type", kind.isImage() ? "image" : "raw");
    options.put("return_error", true);
    options.put("connect_timeout", patience.connectMillis());
    options.put("connection_request_timeout", patience.uploadMillis());
    options.put("timeout", patience.silenceMillis());
    return options;
  }

  /** Of what is not an image the ending belongs to the id. */
  private static String publicId(FileKey key, FileKind kind) {
    return FOLDER + (kind.isImage() ? key.value() : ObjectName.of(key, kind).text());
  }

  private Optional<String> address(@Nullable Object answered) {
    if (!(answered instanceof String text) || text.length() > LONGEST_URL) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text);
      boolean fits =
          "https".equals(uri.getScheme()) || (plainHttp && "http".equals(uri.getScheme()));
      return fits && uri.getHost() != null ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException notAUri) {
      return Optional.empty();
    }
  }

  /** A server that sends a byte now and then keeps its connection alive, but not our caller. */
  private static <T> T within(int millis, Callable<T> call) throws IOException {
    var task = new FutureTask<>(call);
    // Interrupting a virtual thread closes the socket that it waits for.
    Thread worker = Thread.ofVirtual().name("cloudinary").start(task);
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      worker.interrupt();
      throw new IOException("no answer within " + millis + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException unexpected
          ? new IOException(unexpected.getMessage(), unexpected)
          : new IOException(e.getCause());
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean wasNeverReached(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ConnectException
          || at instanceof ConnectTimeoutException
          || at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /**
   * How long things may take, in milliseconds.
   *
   * @param uploadMillis all of an upload
   * @param removalMillis all of a removal
   * @param silenceMillis between two bytes
   */
  record Patience(int connectMillis, int uploadMillis, int removalMillis, int silenceMillis) {
    /** Shorter than the front waits for an answer. */
    static Patience usual() {
      return new Patience(5_000, 90_000, 10_000, 20_000);
    }
  }
}
