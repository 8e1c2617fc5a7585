package io.letschat.web.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.letschat.application.message.MessageView;
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
  static FileBody of(MessageView.FileView file) {
    return switch (file) {
      case MessageView.FileView(var name, var type, var size, var dimensions, var thumbnailUrl) ->
          new FileBody(
              name,
              type,
              size,
              dimensions.map(Dimensions::width).orElse(null),
              dimensions.map(Dimensions::height).orElse(null),
              thumbnailUrl.orElse(null));
    };
  }
}
