package io.letschat.bootstrap;

import com.google.inject.util.Modules;
import io.letschat.bootstrap.faults.FaultPoints;
import io.letschat.bootstrap.lifecycle.LetsChatServer;
import io.letschat.bootstrap.logging.Logging;
import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsReader;
import io.letschat.web.WebModule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/** The program, with {@link FaultPoints} that listen to its standard input. */
public final class FaultyMain {
  private FaultyMain() {}

  public static void main(String[] arguments) throws Exception {
    var random = new SecureRandom();
    Settings settings = SettingsReader.read(System.getenv(), Path.of(""), random);
    Logging.begin(settings.log());
    var points = new FaultPoints();
    var program = new LetsChatServer(random, modules -> Modules.override(modules).with(points));
    Runtime.getRuntime().addShutdownHook(new Thread(program::close));
    program.start(settings, new WebModule());
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      points.hear(line);
    }
    new CountDownLatch(1).await();
  }
}
