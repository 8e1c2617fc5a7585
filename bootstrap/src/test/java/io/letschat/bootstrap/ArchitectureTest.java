package io.letschat.bootstrap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class ArchitectureTest {
  private static final String[] JDK_ALONE = {"java..", "org.jspecify.annotations.."};

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
  void engine_io_knows_nothing_of_what_is_carried_over_it() {
    noClasses()
        .that()
        .resideInAPackage("io.letschat.engineio..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.letschat.socketio..",
            "io.letschat.messaging.chat..",
            "io.letschat.application..",
            "com.corundumstudio..")
        .check(ALL);
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
