package io.letschat.bootstrap;

import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.MigrationRefused;
import io.letschat.persistence.postgres.Migrations;
import io.letschat.persistence.postgres.NewMigration;
import io.letschat.persistence.postgres.embedded.Backups;
import io.letschat.persistence.postgres.embedded.EmbeddedPostgres;
import io.letschat.persistence.postgres.embedded.PostgresUnavailable;
import io.letschat.web.WebModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line. Exit code 0: done; 1: it did not work, and a sentence says why; 2: there is no
 * such command.
 */
public final class Main {
  private static final Path SOURCES = Path.of("adapters-persistence/src/main/resources/db");
  private static final Path WEB_SOURCES = Path.of("adapters-web");
  private static final String HELP =
      """
      LetsChat, a chat server.

        ./letschat                      runs the chat
        ./letschat dev                  runs it with templates, styles and scripts as they are saved
        ./letschat migrate              brings the database to the version of this program
        ./letschat migrate rollback     takes the last migration back
        ./letschat migrate create NAME  writes the files of a new migration
        ./letschat backup FILE          writes all that the embedded database holds to a new file
        ./letschat restore FILE         replaces it by what such a file holds
        ./letschat version              says which LetsChat this is
        ./letschat help                 says this

      Settings come from the environment and from .env; .env.example lists them.\
      """;

  private final SecureRandom random = new SecureRandom();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Main().run(List.of(arguments)));
  }

  private int run(List<String> words) {
    try {
      return switch (String.join(" ", words)) {
        case "" -> serve(settings(), new WebModule());
        case "dev" -> develop();
        case "migrate" -> migrate();
        case "migrate rollback" -> rollback();
        case "version", "--version" -> say("LetsChat " + Version.current());
        case "help", "--help", "-h" -> say(HELP);
        case String command when command.startsWith("migrate create ") && words.size() == 3 ->
            create(words.get(2));
        case String command when command.startsWith("backup ") && words.size() == 2 ->
            backup(Path.of(words.get(1)));
        case String command when command.startsWith("restore ") && words.size() == 2 ->
            restore(Path.of(words.get(1)));
        default -> {
          System.err.println("There is no command '" + String.join(" ", words) + "'.\n\n" + HELP);
          yield 2;
        }
      };
    } catch (SettingsRefused | MigrationRefused | PostgresUnavailable e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      System.err.println("LetsChat cannot start: " + sentence(e));
      return 1;
    }
  }

  private int develop() throws SettingsRefused, IOException {
    Settings settings = settings();
    if (settings.production()) {
      throw new SettingsRefused(
          List.of("NODE_ENV: dev is for development, where NODE_ENV is not production."));
    }
    if (!Files.isDirectory(WEB_SOURCES) || ToolProvider.getSystemJavaCompiler() == null) {
      System.err.println("dev needs the sources of LetsChat in this folder, and a JDK.");
      return 1;
    }
    return serve(settings, WebModule.reloading(WEB_SOURCES));
  }

  private int serve(Settings settings, WebModule pages) throws IOException {
    Logging.begin(settings.log());
    Logger log = LoggerFactory.getLogger(Main.class);
    var program = new Program(random);
    var stopped = new CountDownLatch(1);
    // Before anything is opened: Ctrl-C while it starts leaves nothing running either.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  log.info("stopping");
                  program.close();
                  log.info("stopped");
                  stopped.countDown();
                },
                "letschat-stop"));
    var heard = new AtomicBoolean();
    StopSignals.hear(number -> {
      if (heard.getAndSet(true)) {
        log.info("in a hurry");
        program.hurry();
      } else {
        System.exit(128 + number);
      }
    });
    program.start(settings, pages);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private int migrate() throws SettingsRefused, IOException {
    return withDatabase(database -> {
      int applied = new Migrations(database).migrate();
      return say(applied == 0 ? "The database is up to date." : applied + " migrations applied.");
    });
  }

  private int rollback() throws SettingsRefused, IOException {
    return withDatabase(database -> {
      Optional<String> undone = new Migrations(database).rollback();
      return say(
          undone.map(name -> name + " was taken back.").orElse("There is nothing to take back."));
    });
  }

  private static int create(String name) {
    NewMigration made = NewMigration.create(SOURCES, name);
    return say(made.script() + "\n" + made.undo());
  }

  private int backup(Path file) throws SettingsRefused, IOException {
    long rows = Backups.backup(embeddedData("pg_dump"), file);
    return say("The backup is in " + file + ": " + rows + " rows.");
  }

  private int restore(Path file) throws SettingsRefused, IOException {
    long rows = Backups.restore(embeddedData("pg_restore"), file);
    return say("Restored " + rows + " rows from " + file + ".");
  }

  /** The data folder, unless the database is one that others look after. */
  private Path embeddedData(String theirTool) throws SettingsRefused, IOException {
    Settings settings = settings();
    Logging.begin(settings.log());
    if (settings.database().isPresent()) {
      throw new SettingsRefused(
          List.of(
              "DATABASE_URL: this command is for the embedded database; for your own PostgreSQL use "
                  + theirTool
                  + "."));
    }
    return settings.dataDir();
  }

  private interface Work {
    int on(DataSource database);
  }

  private int withDatabase(Work work) throws SettingsRefused, IOException {
    Settings settings = settings();
    Logging.begin(settings.log());
    if (settings.database().isPresent()) {
      return work.on(Database.unpooled(settings.database().get()));
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.dataDir())) {
      return work.on(Database.unpooled(postgres.address()));
    }
  }

  private Settings settings() throws SettingsRefused, IOException {
    return SettingsReader.read(System.getenv(), Path.of(""), random);
  }

  private static int say(String text) {
    System.out.println(text);
    return 0;
  }

  private static String sentence(IOException e) {
    String cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
    return e.getMessage() + cause;
  }
}
