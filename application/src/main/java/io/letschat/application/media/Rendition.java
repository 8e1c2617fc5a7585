package io.letschat.application.media;

import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as it will be stored.
 *
 * @param file a temporary one
 * @param size of an image
 */
public record Rendition(Path file, FileKind kind, Optional<Dimensions> size) {}
