package io.letschat.web.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import org.jspecify.annotations.Nullable;

/** The file that a message shares, on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FileBody(
    String name,
    String type,
    long size,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String thumbnailUrl) {
  static FileBody of(Attachment file) {
    return new FileBody(
        file.name().text(),
        file.kind().mediaType(),
        file.bytes(),
        file.size().map(Dimensions::width).orElse(null),
        file.size().map(Dimensions::height).orElse(null),
        file.thumbnailUrl().orElse(null));
  }
}
