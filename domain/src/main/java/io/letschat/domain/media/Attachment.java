package io.letschat.domain.media;

import java.util.Optional;

/**
 * The file that a message shares; the content of the message is its URL.
 *
 * @param bytes the length of what is stored
 * @param size of an image
 * @param thumbnailUrl of an image that has a smaller form
 */
public record Attachment(
    UploadId upload,
    FileName name,
    FileKind kind,
    long bytes,
    Optional<Dimensions> size,
    Optional<String> thumbnailUrl) {}
