package io.letschat.netty.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A WebSocket that sends any frame that it is told to. */
public final class WebSocketConnection implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** A frame as it came, with its payload. */
  public record Frame(int opcode, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The status of a close frame; 1005 when it has none. */
    public int status() {
      return payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }
  }

  private final HttpConnection http;
  private final DataInputStream in;

  /** Opens a WebSocket; fails when it is refused. */
  public WebSocketConnection(int port, String uri, String... headers) throws IOException {
    http = new HttpConnection(port);
    http.write(request(uri, headers));
    HttpConnection.Answer answer = http.answer();
    if (answer.status() != 101) {
      http.close();
      throw new IOException("refused with " + answer.status());
    }
    in = new DataInputStream(http.input());
  }

  /** The request, for those who want to send something of their own with it. */
  public static String request(String uri, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "GET "
        + uri
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + more
        + "\r\n";
  }

  public HttpConnection http() {
    return http;
  }

  public void send(String text) throws IOException {
    sendFrame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] binary) throws IOException {
    sendFrame(0x80 | BINARY, binary);
  }

  /** Sends a masked frame with any first byte: FIN, reserved bits and opcode. */
  public void sendFrame(int first, byte[] payload) throws IOException {
    http.write(frame(first, payload));
  }

  public static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  public Frame receive() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & 0x70) != 0 || (second & 0x80) != 0) {
      throw new IOException("a server sets no reserved bits and masks nothing");
    }
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Frame(first & 0xf, in.readNBytes((int) length));
  }

  /** The next message of text. */
  public String text() throws IOException {
    Frame frame = receive();
    if (frame.opcode() != TEXT) {
      throw new IOException("expected text, got opcode " + frame.opcode() + " " + frame.text());
    }
    return frame.text();
  }

  /** The next message of text that is no Engine.IO ping. */
  public String message() throws IOException {
    String text;
    do {
      text = text();
    } while (text.equals("2"));
    return text;
  }

  public byte[] binary() throws IOException {
    Frame frame = receive();
    if (frame.opcode() != BINARY) {
      throw new IOException("expected binary, got opcode " + frame.opcode() + " " + frame.text());
    }
    return frame.payload();
  }

  /** Reads on until the close frame; its status, or -1 when the connection just ended. */
  public int closeStatus() throws IOException {
    try {
      Frame frame;
      do {
        frame = receive();
      } while (frame.opcode() != CLOSE);
      return frame.status();
    } catch (EOFException | java.net.SocketException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
