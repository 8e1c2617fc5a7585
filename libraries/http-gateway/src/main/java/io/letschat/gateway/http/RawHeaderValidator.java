package io.letschat.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/**
 * Looks at the lines of a request's head as they arrive, before they are parsed. RFC 9112 lets a
 * server repair several things that servers in a chain repair differently, which is how requests
 * are smuggled; all of them are refused: folded header lines, control characters (a bare CR and NUL
 * among them), anything but single spaces between the three parts of the request line, bytes beyond
 * ASCII in it, and a second Content-Length even if it is the same.
 */
final class RawHeaderValidator {
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length:");

  private boolean afterRequestLine;
  private boolean hasLength;

  void restart() {
    afterRequestLine = false;
    hasLength = false;
  }

  /**
   * Checks the complete lines of a head in the buffer, whose reader index is at the start of a
   * line. Lines that are not complete yet are checked when they are.
   */
  boolean isSound(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    while (start < end) {
      int lf = in.indexOf(start, end, (byte) '\n');
      if (lf < 0) {
        return true;
      }
      int length = lf - start;
      boolean blank = length == 0 || (length == 1 && in.getByte(start) == '\r');
      if (blank && afterRequestLine) {
        return true;
      }
      if (!blank) {
        if (!(afterRequestLine ? isHeader(in, start, length) : isRequestLine(in, start, length))) {
          return false;
        }
        afterRequestLine = true;
      }
      start = lf + 1;
    }
    return true;
  }

  private static boolean isRequestLine(ByteBuf in, int start, int length) {
    int spaces = 0;
    for (int i = 0; i < length; i++) {
      int b = in.getByte(start + i);
      if (b == ' ') {
        boolean doubled = i == 0 || in.getByte(start + i - 1) == ' ';
        if (doubled || ++spaces > 2) {
          return false;
        }
      } else if ((b < ' ' || b == 0x7f) && !endsLine(b, i, length)) {
        return false;
      }
    }
    return spaces == 2;
  }

  private boolean isHeader(ByteBuf in, int start, int length) {
    byte first = in.getByte(start);
    if (first == ' ' || first == '\t' || first == ':') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int b = in.getByte(start + i) & 0xff;
      boolean control = (b < ' ' && b != '\t') || b == 0x7f;
      if (control && !endsLine(b, i, length)) {
        return false;
      }
    }
    if (isLength(in, start, length)) {
      if (hasLength) {
        return false;
      }
      hasLength = true;
    }
    return true;
  }

  private static boolean endsLine(int b, int index, int length) {
    return b == '\r' && index == length - 1;
  }

  private static boolean isLength(ByteBuf in, int start, int length) {
    if (length < CONTENT_LENGTH.length()) {
      return false;
    }
    for (int i = 0; i < CONTENT_LENGTH.length(); i++) {
      if (AsciiString.toLowerCase((char) (in.getByte(start + i) & 0xff))
          != CONTENT_LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
