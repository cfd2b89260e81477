package dev.trial.live.kafka;

import dev.trial.core.world.World;
import dev.trial.live.process.Child;
import dev.trial.live.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The node processes: their disks, how they start and how they end. */
final class KafkaNodes {
  private static final long FORMAT_MS = 60_000;
  private static final long END_MS = 30_000;

  private final World world;
  private final KafkaDistribution distribution;
  private final KafkaAddresses addresses;
  private final ServerProperties properties;
  private final Launcher launcher;
  private final Path data;
  private final Map<Integer, Child> running = new TreeMap<>();
  private final Map<Integer, Integer> starts = new TreeMap<>();

  KafkaNodes(
      World world,
      KafkaDistribution distribution,
      KafkaAddresses addresses,
      ServerProperties properties,
      Launcher launcher,
      Path data) {
    this.world = world;
    this.distribution = distribution;
    this.addresses = addresses;
    this.properties = properties;
    this.launcher = launcher;
    this.data = data;
  }

  /** Where a node keeps its logs. */
  Path disk(int node) {
    return data.resolve(KafkaAddresses.name(node));
  }

  /** Writes every node's settings and formats the disks. */
  void format() {
    List<Integer> nodes = addresses.nodes();
    try {
      for (int node : nodes) {
        Files.createDirectories(disk(node));
        Files.writeString(settings(node), properties.of(node, disk(node)));
      }
      int model = nodes.get(0);
      formatOne(model);
      for (int node : nodes) {
        if (node != model) {
          FormattedDisk.copy(disk(model), disk(node), node, addresses.controllers().contains(node));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the disks of the nodes", e);
    }
  }

  /** Features that the cluster has from the start, or it was not formatted as it should be. */
  List<String> features() {
    return properties.features();
  }

  private Path settings(int node) {
    return data.resolve(KafkaAddresses.name(node) + ".properties");
  }

  private void formatOne(int node) {
    String cluster = Uuid.randomUuid().toString();
    List<String> command =
        new ArrayList<>(
            distribution.command(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                cluster,
                "-c",
                settings(node).toString()));
    command.addAll(properties.formatFlags());
    Child tool = launcher.start("format", data, Map.of(), command);
    if (!world.await(FORMAT_MS, () -> !tool.alive())) {
      tool.kill();
    }
    if (!Files.exists(disk(node).resolve(FormattedDisk.META))) {
      throw new IllegalStateException("the disks could not be formatted; see " + tool.log());
    }
  }

  /** Harmless if it runs. */
  synchronized void start(int node) {
    if (running(node)) {
      return;
    }
    int start = starts.merge(node, 1, Integer::sum);
    String name = KafkaAddresses.name(node) + (start == 1 ? "" : "-start-" + start);
    running.put(
        node,
        launcher.start(
            name, data, Map.of(), distribution.command("kafka.Kafka", settings(node).toString())));
  }

  /** How often a node was started. */
  synchronized int starts(int node) {
    return starts.getOrDefault(node, 0);
  }

  synchronized boolean running(int node) {
    Child child = running.get(node);
    return child != null && child.alive();
  }

  synchronized Child child(int node) {
    return running.get(node);
  }

  /** kill -9; returns when the process is gone. */
  void kill(int node) {
    Child child = child(node);
    child.kill();
    world.await(END_MS, () -> !child.alive());
  }

  /** SIGTERM, which begins a controlled shutdown; kill -9 if it never ends. */
  void stop(int node) {
    Child child = child(node);
    child.terminate();
    if (!world.await(END_MS, () -> !child.alive())) {
      kill(node);
    }
  }
}
