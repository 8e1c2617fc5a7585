package io.letschat.bootstrap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class ArchitectureTest {
  private static final String[] JDK_ALONE = {"java..", "org.jspecify.annotations.."};

  private static final String[] LIBRARIES = {
    "io.letschat.protocol..",
    "io.letschat.netty..",
    "io.letschat.engineio..",
    "io.letschat.socketio..",
    "io.letschat.gateway..",
    "io.letschat.embeddedpostgres.."
  };

  private static final int MOST_LINES = 250;
  private static final long MOST_CLASSES = 15;

  /** Packages that are larger, and why. */
  private static final Map<String, Long> LARGER_PACKAGES =
      Map.of(
          // One class for each group of settings.
          "io/letschat/bootstrap/settings", 20L);

  private static final Pattern JAVA = Pattern.compile("/src/main/java/");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.letschat");

  @Test
  void the_domain_knows_the_jdk_and_nothing_else() {
    classes()
        .that()
        .resideInAPackage("io.letschat.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(JDK_ALONE, "io.letschat.domain.."))
        .check(ALL);
  }

  @Test
  void the_application_knows_the_domain_and_no_framework() {
    classes()
        .that()
        .resideInAPackage("io.letschat.application..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(JDK_ALONE, "io.letschat.domain..", "io.letschat.application.."))
        .check(ALL);
  }

  @Test
  void no_adapter_sees_another_and_none_sees_the_bootstrap() {
    for (String adapter : new String[] {"web", "persistence", "messaging"}) {
      for (String other : new String[] {"web", "persistence", "messaging", "bootstrap"}) {
        if (!adapter.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("io.letschat." + adapter + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.letschat." + other + "..")
              .check(ALL);
        }
      }
    }
  }

  @Test
  void the_testkit_brings_no_framework_but_that_of_its_contracts() {
    JavaClasses testkit = new ClassFileImporter().importPackages("io.letschat.testkit");
    classes()
        .that()
        .resideInAPackage("io.letschat.testkit..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            with(
                JDK_ALONE,
                "io.letschat.domain..",
                "io.letschat.application..",
                "io.letschat.testkit..",
                "org.junit.jupiter..",
                "org.assertj.core.."))
        .check(testkit);
    noClasses()
        .that()
        .resideInAPackage("io.letschat.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..")
        .check(testkit);
  }

  @Test
  void features_do_not_turn_in_circles() {
    for (String room : new String[] {"domain", "application", "web", "persistence", "messaging"}) {
      slices().matching("io.letschat." + room + ".(*)..").should().beFreeOfCycles().check(ALL);
    }
  }

  @Test
  void nobody_is_a_manager_or_a_helper() {
    noClasses()
        .that()
        .resideInAPackage("io.letschat..")
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Service")
        .check(ALL);
  }

  @Test
  void libraries_know_nothing_of_chat() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.letschat.domain..",
            "io.letschat.application..",
            "io.letschat.web..",
            "io.letschat.persistence..",
            "io.letschat.messaging..",
            "io.letschat.bootstrap..")
        .check(ALL);
  }

  @Test
  void the_protocol_knows_the_jdk_and_nothing_else() {
    classes()
        .that()
        .resideInAPackage("io.letschat.protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(JDK_ALONE, "io.letschat.protocol.."))
        .check(ALL);
  }

  @Test
  void the_gateway_and_the_socket_server_do_not_see_each_other() {
    noClasses()
        .that()
        .resideInAPackage("io.letschat.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.letschat.socketio..", "io.letschat.engineio..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAnyPackage("io.letschat.socketio..", "io.letschat.engineio..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.letschat.gateway..")
        .check(ALL);
  }

  @Test
  void engine_io_knows_nothing_of_what_is_carried_over_it() {
    noClasses()
        .that()
        .resideInAPackage("io.letschat.engineio..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.letschat.socketio..", "com.corundumstudio..")
        .check(ALL);
  }

  @Test
  void no_two_classes_have_the_same_simple_name() throws IOException {
    assertThat(
            sources().stream()
                .map(ArchitectureTest::name)
                .filter(name -> !name.equals("package-info"))
                .collect(groupingBy(name -> name, counting())))
        .allSatisfy((name, times) -> assertThat(times).as(name).isEqualTo(1));
  }

  @Test
  void a_package_has_fifteen_classes_at_most_or_a_reason() throws IOException {
    assertThat(
            sources().stream()
                .filter(file -> !name(file).equals("package-info"))
                .collect(
                    groupingBy(
                        file -> JAVA.split(file.resolveSibling("").toString())[1], counting())))
        .allSatisfy((folder, classes) ->
            assertThat(classes)
                .as(folder)
                .isLessThanOrEqualTo(LARGER_PACKAGES.getOrDefault(folder, MOST_CLASSES)));
  }

  @Test
  void no_file_is_longer_than_250_lines() throws IOException {
    for (Path file : sources()) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }
  }

  /** What is written by hand and runs, of all modules. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> all =
        Files.find(
            Path.of(".."),
            20,
            (file, attributes) -> {
              String path = file.toString();
              return path.endsWith(".java")
                  && path.contains("/src/main/java/")
                  && !path.contains("/target/")
                  && !path.contains("/node_modules/");
            })) {
      return all.toList();
    }
  }

  private static String name(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
