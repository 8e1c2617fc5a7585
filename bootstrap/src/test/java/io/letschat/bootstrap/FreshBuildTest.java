package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.FreshBuild;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven does with this repository on its own. */
class FreshBuildTest {
  private static final Pattern COMMANDS = Pattern.compile("it locally first:\n\n((?:    .*\n)+)");

  @TempDir private static Path folder;
  private static FreshBuild build;

  @BeforeAll
  static void copies_the_sources() throws Exception {
    build = FreshBuild.in(folder);
  }

  @Test
  void the_commands_of_the_readme_make_the_embedding_project_work() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    String block = COMMANDS.matcher(readme).results().findFirst().orElseThrow().group(1);
    List<String> commands = block.lines().map(String::strip).toList();
    assertThat(commands).hasSize(2).allSatisfy(command -> assertThat(command).contains("mvnw"));

    build.run(commands.getFirst());
    assertThat(build.run(commands.getLast())).contains("Tests run:").contains("BUILD SUCCESS");
  }

  @Test
  void what_runs_is_what_was_tested_and_no_dependency_of_tests_changes_it() throws Exception {
    build.run(
        "./mvnw -q -Dquick -Dmaven.test.skip -Dmaven.main.skip compile dependency:list"
            + " -DincludeScope=runtime -DexcludeGroupIds=io.letschat"
            + " -DoutputAbsoluteArtifactFilename=true -DoutputFile=shipped");
    Set<String> shipped =
        Files.readAllLines(build.home().resolve("bootstrap/shipped")).stream()
            .filter(line -> line.contains(".jar"))
            .map(line -> fileName(line.replaceFirst("\\.jar.*", ".jar")))
            .collect(Collectors.toSet());
    Set<String> tested =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(FreshBuildTest::fileName)
            .collect(Collectors.toSet());

    assertThat(shipped).hasSizeGreaterThan(50);
    assertThat(tested).containsAll(shipped);
  }

  @Test
  void what_has_no_source_any_more_is_not_left_among_the_classes() throws Exception {
    Path classes = build.home().resolve("domain/target/classes/");
    Path leftover = classes.resolve("db/migration/V9999__deleted.sql");
    Files.createDirectories(leftover.resolveSibling(""));
    Files.writeString(leftover, "drop table messages;");
    build.run("./mvnw -q -Dquick -Dmaven.test.skip -pl domain compile");
    assertThat(leftover).doesNotExist();
    assertThat(classes.resolve("io/letschat/domain/room/RoomName.class")).exists();
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
