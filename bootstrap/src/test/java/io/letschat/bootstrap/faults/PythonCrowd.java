package io.letschat.bootstrap.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.letschat.standin.FaultyTcpProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many clients of python-socketio in one process. */
final class PythonCrowd implements ReturningClients {
  private static final Path SCRIPT = Path.of("src", "test", "python-client", "returning.py");

  private final int size;
  private final FaultyTcpProxy proxy;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  private PythonCrowd(int size, FaultyTcpProxy proxy, Process process) {
    this.size = size;
    this.proxy = proxy;
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.questions = process.outputWriter(UTF_8);
  }

  /** Debian's Python has Debian's packages. */
  static PythonCrowd start(int port, String transport, List<String> tokens) throws IOException {
    var proxy = new FaultyTcpProxy(port);
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                SCRIPT.toString(),
                "http://127.0.0.1:" + proxy.port(),
                transport));
    command.addAll(tokens);
    var crowd =
        new PythonCrowd(
            tokens.size(),
            proxy,
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    crowd.connected();
    return crowd;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int connected() {
    try {
      questions.write("\n");
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the crowd has ended");
      }
      return Integer.parseInt(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void loseAll() {
    proxy.breakConnections();
  }

  @Override
  public List<String> toldFinally() {
    return List.of();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
