package io.letschat.domain.media;

/** Names what somebody uploaded. */
public record UploadId(long value) {}
