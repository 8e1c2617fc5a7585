package io.letschat.bootstrap.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The table of what was tried: its rows go to {@code target/faults.md} and to the console. */
final class Report {
  private static final Path FILE = Path.of("target", "faults.md");
  private static final List<String> HEAD =
      List.of(
          "| fault | refused meanwhile | continued | acked | delivered | missing | duplicates"
              + " | out of order | longest send | recovered after |",
          "|---|---|---|---|---|---|---|---|---|---|");

  private Report() {}

  static void row(
      String fault, String refused, String wentOn, Storm.Verdict verdict, String normalAfter) {
    String row =
        "| %s | %s | %s | %d | %d | %d | %d | %d | %s | %s |"
            .formatted(
                fault,
                refused.isEmpty() ? "nothing" : refused,
                wentOn,
                verdict.acked(),
                verdict.delivered(),
                verdict.missing(),
                verdict.doubled(),
                verdict.outOfOrder(),
                seconds(verdict.longestSend()),
                normalAfter);
    write(row);
    System.out.println(row);
  }

  static String seconds(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static void write(String row) {
    try {
      Files.createDirectories(FILE.getParent());
      if (!Files.exists(FILE)) {
        Files.write(FILE, HEAD);
      }
      Files.writeString(FILE, row + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
