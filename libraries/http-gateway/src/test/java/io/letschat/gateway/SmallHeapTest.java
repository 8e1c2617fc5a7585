package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayProcess;
import io.letschat.gateway.fixture.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SmallHeapTest {
  private static final int UP = 50_000_000;
  private static final int DOWN = 200_000_000;
  private static final int PIECE = 100_000;
  private static final int AT_ONCE = 3;

  @Test
  void uploads_of_50_mb_and_downloads_of_200_mb_pass_through_a_heap_of_64_mb() throws Exception {
    try (var pages = new FakeUpstream(SmallHeapTest::serve)) {
      var process = start(pages.address().getPort());
      try (var out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
          var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var line = out.readLine();
        assertThat(line).as("the port").matches("[0-9]+");
        var front = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line));
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          calls.add(() -> upload(front));
          calls.add(() -> download(front));
        }
        for (Future<String> call : clients.invokeAll(calls, 90, TimeUnit.SECONDS)) {
          assertThat(call.get()).isEqualTo("whole");
        }
        assertThat(process.isAlive()).isTrue();
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(int pages) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayProcess.class.getName(),
            Integer.toString(pages))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean serve(FakeUpstream.Call call) throws IOException {
    if (call.path().equals("/up")) {
      var crc = new CRC32();
      for (int i = 0; i < UP; i += PIECE) {
        crc.update(call.in().readNBytes(PIECE));
      }
      return call.ok(Long.toString(crc.getValue()));
    }
    call.write("HTTP/1.1 200 OK\r\nContent-Length: " + DOWN + "\r\n\r\n");
    for (int i = 0; i < DOWN; i += PIECE) {
      call.out().write(piece(i));
    }
    return true;
  }

  private static String upload(InetSocketAddress front) throws IOException {
    var crc = new CRC32();
    try (var client = new RawClient(front)) {
      client.send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: " + UP + "\r\n\r\n");
      for (int i = 0; i < UP; i += PIECE) {
        var piece = piece(i);
        crc.update(piece);
        client.send(piece);
      }
      var answer = client.answer();
      return answer.text().equals(Long.toString(crc.getValue())) ? "whole" : answer.text();
    }
  }

  private static String download(InetSocketAddress front) throws IOException {
    var sent = new CRC32();
    var received = new CRC32();
    try (var client = new RawClient(front)) {
      client.send("GET /down HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      client.answer(true);
      for (int i = 0; i < DOWN; i += PIECE) {
        sent.update(piece(i));
        received.update(client.raw().readNBytes(PIECE));
      }
      return sent.getValue() == received.getValue() && client.isEnded() ? "whole" : "broken";
    }
  }

  /** Bytes that differ from place to place. */
  private static byte[] piece(int at) {
    var bytes = new byte[PIECE];
    for (int i = 0; i < PIECE; i += 1000) {
      bytes[i] = (byte) ((at + i) / 1000 * 31);
    }
    return bytes;
  }
}
