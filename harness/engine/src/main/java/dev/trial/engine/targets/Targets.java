package dev.trial.engine.targets;

import dev.trial.containers.ImageName;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.input.MissingMeansException;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.ClientRelease;
import dev.trial.core.run.RunSpec;
import dev.trial.live.artifact.ArtifactMissingException;
import dev.trial.live.artifact.Artifacts;
import dev.trial.live.artifact.RepositoryUnreachableException;
import dev.trial.live.kafka.KafkaCluster;
import dev.trial.live.kafka.KafkaVersion;
import dev.trial.sim.world.Simulation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The targets by name. */
public final class Targets {
  /** The kafka-clients version used unless {@code --client} says otherwise. */
  public static final String DEFAULT_CLIENT = "4.3.1";

  /** The oldest kafka-clients that are rewritten and simulated. */
  public static final String OLDEST_SIMULATED = "2.8.2";

  /** The oldest kafka-clients that have all that workloads call (KIP-447). */
  private static final String OLDEST_LIVE = "2.5.0";

  /** What the targets of real Kafka begin with. */
  static final String KAFKA = "kafka:";

  /** What the targets of images begin with. */
  static final String DOCKER = "docker:";

  /** What can be typed after {@code --target}. */
  public static final List<Kind> KINDS =
      List.of(
          new Kind(
              RunSpec.SIMULATION,
              "the reference cluster and real clients on virtual time (default)",
              OLDEST_SIMULATED,
              fault -> Optional.empty()),
          new Kind(
              "reference",
              "the same cluster over TCP, and client processes, on real time",
              OLDEST_LIVE,
              new ReferenceKind()::refusal),
          new Kind(
              KAFKA + KafkaVersion.KNOWN.get(0),
              "real Kafka of that version, and client processes; tried with "
                  + String.join(", ", KafkaVersion.KNOWN),
              OLDEST_LIVE,
              KafkaCluster::refused),
          new Kind(
              DOCKER + "apache/kafka:" + KafkaVersion.KNOWN.get(0),
              "that image in containers behind Toxiproxy, and client processes",
              OLDEST_LIVE,
              KafkaCluster::refused));

  private Targets() {}

  /**
   * A kind of target for the catalogue.
   *
   * @param oldestClient the oldest kafka-clients that it takes
   * @param refusal why it cannot do a fault; empty if it can
   */
  public record Kind(
      String name,
      String summary,
      String oldestClient,
      Function<FaultKind, Optional<String>> refusal) {

    /** Which clients and faults it takes, in words. */
    public String takes() {
      List<String> refused =
          Arrays.stream(FaultKind.values())
              .filter(fault -> refusal.apply(fault).isPresent())
              .map(FaultKind::id)
              .toList();
      String faults = refused.isEmpty() ? "" : " but " + String.join(", ", refused);
      return "kafka-clients " + oldestClient + " and newer; every fault" + faults;
    }
  }

  /**
   * The project's directory, where results go unless told otherwise; as seen from the working
   * directory where that is above it, so that printed paths are short and the same everywhere.
   */
  public static Path home() {
    Path home = Path.of(System.getProperty("trial.home", ".")).toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    return home.startsWith(here) ? here.relativize(home) : home;
  }

  /** Clients before that are not rewritten; on real time they run as they are. */
  private static void checkSimulated(String client) {
    if (ClientRelease.of(client).before(OLDEST_SIMULATED)) {
      throw new UsageException(
          "--client "
              + client
              + ": simulation takes kafka-clients from "
              + OLDEST_SIMULATED
              + " on; older ones run on real time, with --target reference or --target "
              + KAFKA
              + KafkaVersion.KNOWN.get(0));
    }
  }

  /** Opens a target by name, with clients of that version. */
  public static Target open(String name, String client) {
    if (name.equals(RunSpec.SIMULATION)) {
      checkSimulated(client);
      clientJar(client);
      return simulation(held -> {});
    }
    if (name.equals("reference")) {
      clientJar(client);
      return new LiveTarget(new ReferenceKind());
    }
    if (name.equals("kafka")) {
      throw new UsageException(
          "--target kafka: of which version? write kafka:"
              + KafkaVersion.KNOWN.get(0)
              + "; tried with "
              + String.join(", ", KafkaVersion.KNOWN));
    }
    if (name.startsWith(KAFKA)) {
      clientJar(client);
      String version = name.substring(KAFKA.length());
      kafkaJars("--target " + KAFKA, version);
      return new LiveTarget(new KafkaKind(KafkaVersion.of(version)));
    }
    if (name.startsWith(DOCKER)) {
      clientJar(client);
      return new LiveTarget(DockerKind.of(image(name)));
    }
    throw new UsageException(
        Nearest.explain("target", name, KINDS.stream().map(Kind::name).toList()));
  }

  private static String image(String name) {
    String image = name.substring(DOCKER.length());
    if (!ImageName.valid(image)) {
      throw new UsageException(
          "--target " + name + ": no image's name; write one such as " + KINDS.get(3).name());
    }
    return image;
  }

  /** True if the name is one of real Kafka, of whatever version. */
  public static boolean isKafka(String name) {
    return name.equals("kafka") || name.startsWith(KAFKA) || name.startsWith(DOCKER);
  }

  /** Refuses what names no target, with an IllegalArgumentException; nothing is downloaded. */
  public static void checkName(String name) {
    if (name.startsWith(KAFKA)) {
      KafkaVersion.of(name.substring(KAFKA.length()));
    } else if (!name.equals(RunSpec.SIMULATION)
        && !name.equals("reference")
        && !name.startsWith(DOCKER)) {
      List<String> names = KINDS.stream().map(Kind::name).toList();
      throw new IllegalArgumentException(Nearest.explain("target", name, names));
    }
  }

  /**
   * The jars of a released broker, downloaded if need be: at once, so that a version which does not
   * exist is told before a run.
   *
   * @param asked what named the version on the command line
   */
  public static List<Path> kafkaJars(String asked, String version) {
    String named = asked.endsWith(":") ? asked + version : asked + " " + version;
    try {
      return KafkaVersion.of(version).jars();
    } catch (IllegalArgumentException noVersion) {
      throw new UsageException(named + ": " + noVersion.getMessage());
    } catch (ArtifactMissingException missing) {
      throw new UsageException(
          named
              + ": no such release of Kafka can be resolved; released ones are "
              + String.join(", ", KafkaVersion.KNOWN)
              + ", …");
    } catch (RepositoryUnreachableException unreachable) {
      throw new MissingMeansException(
          named
              + ": Kafka "
              + version
              + " is not wholly in the local Maven repository, and "
              + unreachable.reason());
    }
  }

  /** The simulation; {@code watcher} sees each run's before it begins. */
  public static SimTarget simulation(Consumer<Simulation> watcher) {
    return new SimTarget(home().resolve("harness/app/target/realms"), options -> options, watcher);
  }

  /** The jar of a released kafka-clients, downloaded if need be. */
  public static Path clientJar(String version) {
    try {
      return new Artifacts().jar("org.apache.kafka:kafka-clients:" + version);
    } catch (ArtifactMissingException | IllegalArgumentException missing) {
      throw new UsageException(
          "--client "
              + version
              + ": no such release of kafka-clients can be resolved; released ones are 4.3.1, 3.9.2, 3.0.0, …");
    } catch (RepositoryUnreachableException unreachable) {
      throw new MissingMeansException(
          "--client "
              + version
              + ": kafka-clients "
              + version
              + " is not in the local Maven repository, and "
              + unreachable.reason()
              + "; ./trial doctor lists the versions that are here");
    }
  }
}
