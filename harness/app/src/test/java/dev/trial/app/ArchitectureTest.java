package dev.trial.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps the arrows between modules, and the outside out of everything but the two worlds. */
@AnalyzeClasses(packages = "dev.trial", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Where real time, threads, sockets and files live: the worlds' edges and the program itself. */
  private static final String[] EDGES = {
    "dev.trial.sim..",
    "dev.trial.live..",
    "dev.trial.containers..",
    "dev.trial.nemesis.proxy..",
    "dev.trial.results.store..",
    "dev.trial.engine..",
    "dev.trial.app.."
  };

  private static final Set<String> FORBIDDEN_CALLS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.identityHashCode",
          "java.lang.System.getProperty",
          "java.lang.System.getenv",
          "java.lang.Thread.<init>",
          "java.lang.Thread.start",
          "java.lang.Thread.sleep",
          "java.lang.Math.random",
          "java.util.Random.<init>",
          "java.util.UUID.randomUUID",
          "java.util.Collection.parallelStream",
          "java.time.Instant.now",
          "java.util.concurrent.ThreadLocalRandom.current",
          "org.apache.kafka.common.Uuid.randomUuid");

  @ArchTest static final ArchRule CORE_KNOWS_NOBODY = only("core");

  @ArchTest static final ArchRule SIM_KNOWS_CORE = onlyCore("sim");

  @ArchTest static final ArchRule LIVE_KNOWS_CORE = onlyCore("live");

  @ArchTest
  static final ArchRule CONTAINERS_KNOW_LIVE_AND_NEMESIS =
      only("containers", "core", "live", "nemesis");

  @ArchTest static final ArchRule CHECKERS_KNOW_CORE = onlyCore("checkers");

  @ArchTest static final ArchRule NEMESIS_KNOWS_CORE = onlyCore("nemesis");

  @ArchTest static final ArchRule WORKLOADS_KNOW_CORE = onlyCore("workloads");

  @ArchTest static final ArchRule BROKER_KNOWS_CORE = onlyCore("broker");

  @ArchTest static final ArchRule RESULTS_KNOW_CORE = onlyCore("results");

  @ArchTest
  static final ArchRule CLAIMS_KNOW_NO_WORLD =
      only("claims", "core", "workloads", "nemesis", "broker");

  /** The command line stands on the engine, never the other way. */
  @ArchTest
  static final ArchRule ONLY_THE_PROGRAM_KNOWS_ITSELF =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.trial.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.trial.app..");

  @ArchTest
  static final ArchRule CHECKERS_KNOW_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.trial.checkers..",
              "dev.trial.core..",
              "dev.trial.results..",
              "dev.trial.workloads.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule THE_OUTSIDE_STAYS_AT_THE_EDGES =
      noClasses().that().resideOutsideOfPackages(EDGES).should().callCodeUnitWhere(forbiddenCall());

  @ArchTest
  static final ArchRule NO_SOCKETS_OR_FILES_INSIDE =
      noClasses()
          .that()
          .resideOutsideOfPackages(EDGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..");

  @ArchTest
  static void noPackageCycles(JavaClasses classes) {
    for (String module :
        new String[] {
          "core",
          "sim",
          "live",
          "containers",
          "checkers",
          "nemesis",
          "workloads",
          "broker",
          "results",
          "claims",
          "engine",
          "app"
        }) {
      slices()
          .matching("dev.trial." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  private static ArchRule onlyCore(String module) {
    return only(module, "core");
  }

  /** A module knows itself, and these. */
  private static ArchRule only(String module, String... known) {
    String[] allowed =
        Stream.concat(Stream.of(module), Arrays.stream(known))
            .map(each -> "dev.trial." + each + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.trial." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.trial..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed))));
  }

  private static DescribedPredicate<JavaCall<?>> forbiddenCall() {
    return describe("time, threads or entropy", ArchitectureTest::forbidden);
  }

  private static boolean forbidden(JavaAccess<?> call) {
    return FORBIDDEN_CALLS.contains(
        call.getTargetOwner().getName() + "." + call.getTarget().getName());
  }
}
