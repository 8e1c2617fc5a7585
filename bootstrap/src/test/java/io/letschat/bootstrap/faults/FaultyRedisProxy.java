package io.letschat.bootstrap.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.letschat.standin.FaultyTcpProxy;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A way that knows what Redis says, and can lose messages that were published, and garble. */
public final class FaultyRedisProxy extends FaultyTcpProxy {
  private static final byte[] MESSAGE = "$7\r\nmessage\r\n".getBytes(UTF_8);
  private static final byte[] CHAT = "socket.io#/#".getBytes(UTF_8);
  private static final byte GARBAGE = '?';

  private final Random random = new Random(7);
  private volatile int lost;
  private volatile int garbled;
  private volatile Consumer<byte[]> onLoss = message -> {};

  public FaultyRedisProxy(int target) throws IOException {
    super(target);
  }

  public String url() {
    return "redis://127.0.0.1:" + port();
  }

  /**
   * Of what was published to rooms so many of a hundred are lost, and nothing else is.
   *
   * @param onLoss gets what was lost
   */
  public void lose(int percent, Consumer<byte[]> onLoss) {
    this.onLoss = onLoss;
    lost = percent;
  }

  /** Of the answers so many of a hundred begin with a byte that is none of the protocol. */
  void garble(int percent) {
    garbled = percent;
  }

  @Override
  public void mend() {
    lost = 0;
    garbled = 0;
    super.mend();
  }

  @Override
  protected InputStream answersOf(InputStream in) {
    return new BufferedInputStream(in);
  }

  @Override
  protected Optional<byte[]> piece(InputStream answers) throws IOException {
    var reply = new ByteArrayOutputStream();
    copyValue(answers, reply);
    byte[] bytes = reply.toByteArray();
    if (isPublished(bytes) && happens(lost)) {
      onLoss.accept(bytes);
      return Optional.of(new byte[0]);
    }
    if (happens(garbled)) {
      bytes[0] = GARBAGE;
    }
    return Optional.of(bytes);
  }

  private boolean happens(int percent) {
    if (percent == 0) {
      return false;
    }
    synchronized (random) {
      return random.nextInt(100) < percent;
    }
  }

  /** An array or a push of three: the word "message", a room's channel, and what was said there. */
  private static boolean isPublished(byte[] reply) {
    return (reply[0] == '*' || reply[0] == '>')
        && indexOf(reply, MESSAGE) == 4
        && indexOf(reply, CHAT) > 0;
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int from = 0; from < Math.min(64, bytes.length - part.length); from++) {
      int same = 0;
      while (same < part.length && bytes[from + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return from;
      }
    }
    return -1;
  }

  private static void copyValue(InputStream in, ByteArrayOutputStream out) throws IOException {
    String line = copyLine(in, out);
    int size =
        switch (line.charAt(0)) {
          case '$', '=', '!', '*', '~', '>', '%' -> Integer.parseInt(line.substring(1));
          default -> 0;
        };
    switch (line.charAt(0)) {
      case '$', '=', '!' -> {
        if (size >= 0) {
          out.writeBytes(in.readNBytes(size + 2));
        }
      }
      case '*', '~', '>' -> copyValues(in, out, size);
      case '%' -> copyValues(in, out, 2 * size);
      default -> {}
    }
  }

  private static void copyValues(InputStream in, ByteArrayOutputStream out, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      copyValue(in, out);
    }
  }

  private static String copyLine(InputStream in, ByteArrayOutputStream out) throws IOException {
    var line = new StringBuilder();
    int read;
    do {
      read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      out.write(read);
      line.append((char) read);
    } while (read != '\n');
    return line.substring(0, line.length() - 2);
  }
}
