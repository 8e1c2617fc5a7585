package io.letschat.web.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of a file. Closing it closes the file. */
final class Excerpt extends FilterInputStream {
  private long left;

  /** Skips what is before the part. */
  Excerpt(InputStream file, ByteRange.Part part) throws IOException {
    super(file);
    file.skipNBytes(part.first());
    left = part.length();
  }

  @Override
  public int read() throws IOException {
    int read = left > 0 ? super.read() : -1;
    left -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int read = super.read(into, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(Math.min(bytes, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(super.available(), left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
