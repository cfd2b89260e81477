package dev.trial.containers;

import com.github.dockerjava.api.exception.DockerException;
import dev.trial.live.kafka.KafkaVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/**
 * An image with Kafka in it: what was found out about it by looking into it.
 *
 * @param name as the engine knows it
 * @param version of Kafka
 * @param start the script that starts a node, {@code kafka-server-start} by whatever path
 * @param storage the script that formats disks, {@code kafka-storage}
 */
public record KafkaImage(String name, KafkaVersion version, String start, String storage) {
  private static final Duration PROBE = Duration.ofSeconds(60);
  private static final String NOT_KAFKA = " is no Kafka image that Trial can run: ";

  /** Says NAME=VALUE of all that matters; images have at least this much of a shell. */
  private static final String LOOK =
      """
      cat /trial/proof
      for home in /opt/kafka /opt/bitnami/kafka /usr /usr/local /kafka; do
        for suffix in .sh ''; do
          if [ -x "$home/bin/kafka-server-start$suffix" ]; then
            echo "start=$home/bin/kafka-server-start$suffix"
            [ -x "$home/bin/kafka-storage$suffix" ] && echo "storage=$home/bin/kafka-storage$suffix"
            for jar in "$home"/libs/kafka_2.1*.jar "$home"/share/java/kafka/kafka_2.1*.jar; do
              [ -f "$jar" ] && echo "jar=${jar##*/}"
            done
            break 2
          fi
        done
      done
      exit 0
      """;

  /**
   * Looks into an image, in a container that ends at once.
   *
   * @throws ContainersException.Named if it is not to be had, or no Kafka that can be run
   * @throws ContainersException if the engine does not see this machine's files
   */
  public static KafkaImage of(Engine engine, String name) {
    if (!ImageName.valid(name)) {
      throw new ContainersException.Named("no image can be called '" + name + "'", null);
    }
    engine.need(name);
    Path scratch = scratch();
    String proof = "proof=" + UUID.randomUUID();
    try {
      Files.writeString(scratch.resolve("proof"), proof + "\n");
      return read(name, look(engine, name, scratch), proof);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + scratch, e);
    } finally {
      scratch.resolve("proof").toFile().delete();
      scratch.toFile().delete();
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("trial-probe");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
  }

  private static String look(Engine engine, String name, Path scratch) {
    try (Box box = new Box(engine, name, "probe")) {
      box.mount(scratch, "/trial").asOwnerOf(scratch).shell(LOOK);
      box.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PROBE));
      box.start();
      return box.getLogs();
    } catch (ContainerLaunchException | DockerException failed) {
      throw new ContainersException.Named(
          name + NOT_KAFKA + "it does not run a shell script (" + Engine.said(failed) + ")",
          failed);
    }
  }

  private static KafkaImage read(String name, String log, String proof) {
    Map<String, String> found = new TreeMap<>();
    for (String line : log.split("\\R")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        found.putIfAbsent(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    if (!proof.equals("proof=" + found.get("proof"))) {
      throw new ContainersException(
          "the engine's containers do not see this machine's temporary directory: Trial needs an"
              + " engine on this machine that shares it",
          null);
    }
    if (!found.containsKey("start") || !found.containsKey("storage")) {
      throw new ContainersException.Named(
          name
              + NOT_KAFKA
              + "it has no bin/kafka-server-start and bin/kafka-storage, as apache/kafka and"
              + " confluentinc/cp-kafka have",
          null);
    }
    if (!found.containsKey("jar")) {
      throw new ContainersException.Named(
          name + NOT_KAFKA + "beside its scripts lies no kafka_2.1x-VERSION.jar", null);
    }
    KafkaVersion version = version(name, found.get("jar"));
    return new KafkaImage(name, version, found.get("start"), found.get("storage"));
  }

  /**
   * From the jar's name. Confluent's own versions end with -ccs or -ce, and are 4 ahead: 7.9 is
   * Kafka 3.9, 8.0 is 4.0 (Confluent's "Supported Versions and Interoperability").
   */
  static KafkaVersion version(String image, String jar) {
    String text = jar.replaceAll("^kafka_2\\.1\\d-", "").replaceAll("\\.jar$", "");
    boolean confluent = text.contains("-ccs") || text.contains("-ce");
    try {
      KafkaVersion named = KafkaVersion.of(text.replaceAll("-.*", ""));
      KafkaVersion version =
          confluent ? KafkaVersion.of((named.major() - 4) + "." + named.minor() + ".0") : named;
      if (version.major() < 3 || version.major() == 3 && version.minor() < 3) {
        throw new ContainersException.Named(
            image
                + " has Kafka "
                + version.text()
                + "; without ZooKeeper it can be run from 3.3 on",
            null);
      }
      return version;
    } catch (IllegalArgumentException unknown) {
      throw new ContainersException.Named(
          image + NOT_KAFKA + "no version can be read from " + jar, unknown);
    }
  }
}
