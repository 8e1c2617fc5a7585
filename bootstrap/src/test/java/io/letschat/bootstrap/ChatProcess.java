package io.letschat.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program, started as a user would: a process of its own in a folder of its own, on a free
 * port.
 */
public final class ChatProcess implements AutoCloseable {
  // As text, or within JSON.
  private static final Pattern ADDRESS =
      Pattern.compile("is at .*?(http:\\\\?/\\\\?/localhost:[0-9]+)");

  private static final String OWN = System.getProperty("java.class.path");
  private static final String PROGRAM = "io.letschat.bootstrap.Main";

  private final Path folder;
  private final Path log;
  private final Map<String, String> settings;
  private final List<String> words;
  private final String classPath;
  private final String main;
  private Process process;
  private volatile String address = "";

  private ChatProcess(
      String classPath, Path folder, Map<String, String> settings, String main, List<String> words)
      throws IOException {
    this.classPath = classPath;
    this.folder = folder;
    this.main = main;
    this.words = words;
    this.settings = settings;
    this.log = folder.resolve("log");
    this.process = launch();
  }

  /** Starts it and waits until it can be reached. */
  public static ChatProcess start(Path folder, Map<String, String> settings, String... words)
      throws IOException {
    if (!settings.containsKey("DATABASE_URL")) {
      PreparedData.at(folder.resolve(settings.getOrDefault("DATA_DIR", "data")));
    }
    var chat = new ChatProcess(OWN, folder, settings, PROGRAM, List.of(words));
    chat.awaitAddress();
    return chat;
  }

  /** The same of another build. */
  public static ChatProcess startOf(String classPath, Path folder, Map<String, String> settings)
      throws IOException {
    var chat = new ChatProcess(classPath, folder, settings, PROGRAM, List.of());
    chat.awaitAddress();
    return chat;
  }

  /** The same program as another main class starts it; it can be reached a little later. */
  public static ChatProcess starting(Path folder, Map<String, String> settings, Class<?> main)
      throws IOException {
    return new ChatProcess(OWN, folder, settings, main.getName(), List.of());
  }

  /** Runs it with these words and waits until it ends. */
  public static Ended run(Path folder, Map<String, String> settings, String... words)
      throws Exception {
    Path output = Files.createTempFile(folder, "output", "");
    Process process =
        builder(OWN, folder, settings, PROGRAM, List.of(words))
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end:\n" + Files.readString(output));
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  public record Ended(int code, String output) {}

  public String address() {
    return address;
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code /readyz} says. */
  public boolean isReady() {
    return Visitor.send(address, "GET", "/readyz", "", Map.of()).status() == 200;
  }

  public Process process() {
    return process;
  }

  /** As {@code kill -9}: nothing is finished, nobody is told. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As Ctrl-C. */
  public int stop() {
    process.destroy();
    AwaitInProgram.until(Duration.ofSeconds(30), () -> !process.isAlive(), this::log);
    return process.exitValue();
  }

  /** The same folder and settings again, on the same port. */
  public void startAgain() throws IOException {
    launchAgain();
    awaitAddress();
  }

  /** As {@link #startAgain}, and it can be reached a little later. */
  public void launchAgain() throws IOException {
    String port = address.substring(address.lastIndexOf(':') + 1);
    Files.delete(log);
    process = launch("PORT", port);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private Process launch(String... more) throws IOException {
    ProcessBuilder builder = builder(classPath, folder, settings, main, words);
    for (int i = 0; i < more.length; i += 2) {
      builder.environment().put(more[i], more[i + 1]);
    }
    return builder.redirectOutput(log.toFile()).start();
  }

  private static ProcessBuilder builder(
      String classPath,
      Path folder,
      Map<String, String> settings,
      String main,
      List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dguice_bytecode_gen_option=DISABLED"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.add(main);
    command.addAll(words);
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.matches(
                "DATABASE_URL|REDIS_URL|REDIS_KEY|NODE_ENV|HOST|PORT|METRICS_TOKEN|.*_SECRET|RATE_LIMIT_.*"
                    + "|CLOUDINARY_.*|LOG_.*|SENTRY_DSN|TRUST_PROXY|BASE_PATH|PUBLIC_URL"));
    builder.environment().put("PORT", "0");
    builder.environment().putAll(settings);
    return builder;
  }

  /** A line for its standard input; without effect once it has ended. */
  public void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException ended) {
      // There is nobody to hear it.
    }
  }

  public void awaitAddress() {
    AwaitInProgram.until(
        Duration.ofMinutes(3),
        () -> {
          Matcher found = ADDRESS.matcher(log());
          boolean reachable = found.find();
          if (reachable) {
            address = found.group(1).replace("\\", "");
          } else if (!process.isAlive()) {
            throw new AssertionError("it ended instead of starting:\n" + log());
          }
          return reachable;
        },
        this::log);
  }
}
