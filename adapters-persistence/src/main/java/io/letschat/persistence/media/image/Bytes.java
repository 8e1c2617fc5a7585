package io.letschat.persistence.media.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bits of binary formats. */
final class Bytes {
  private static final int AT_A_TIME = 16 * 1024;

  private Bytes() {}

  /** Copies a part of the buffer, whose position stays. */
  static void copy(ByteBuffer in, int from, int length, OutputStream out) throws IOException {
    byte[] some = new byte[Math.min(length, AT_A_TIME)];
    for (int done = 0; done < length; done += some.length) {
      int count = Math.min(some.length, length - done);
      in.get(from + done, some, 0, count);
      out.write(some, 0, count);
    }
  }

  /** A name of four letters as the big-endian number that it is in a file. */
  static int fourLetters(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
  }
}
