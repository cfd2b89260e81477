package dev.trial.live.kafka;

import dev.trial.core.world.World;
import dev.trial.live.process.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The node processes: their disks, how they start and how they end. */
final class KafkaNodes {
  private static final long END_MS = 30_000;

  private final World world;
  private final KafkaAddresses addresses;
  private final ServerProperties properties;
  private final KafkaHosting hosting;
  private final Path data;
  private final Map<Integer, NodeProcess> running = new TreeMap<>();
  private final Map<Integer, Integer> starts = new TreeMap<>();

  KafkaNodes(
      World world,
      KafkaAddresses addresses,
      ServerProperties properties,
      KafkaHosting hosting,
      Path data) {
    this.world = world;
    this.addresses = addresses;
    this.properties = properties;
    this.hosting = hosting;
    this.data = data;
  }

  /** Where a node keeps its logs. */
  Path disk(int node) {
    return files(node).disk();
  }

  private NodeFiles files(int node) {
    return NodeFiles.of(KafkaAddresses.name(node), data);
  }

  /** Writes every node's settings and formats the disks. */
  void format() {
    List<Integer> nodes = addresses.nodes();
    try {
      for (int node : nodes) {
        NodeFiles files = files(node);
        Files.createDirectories(files.disk());
        Files.writeString(files.settings(), properties.of(node, hosting.diskWithin(files)));
      }
      int model = nodes.get(0);
      formatOne(files(model));
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

  private void formatOne(NodeFiles files) {
    String log = hosting.format(files, Uuid.randomUuid().toString(), properties.formatFlags());
    if (!Files.exists(files.disk().resolve(FormattedDisk.META))) {
      throw new IllegalStateException("the disks could not be formatted; see " + log);
    }
  }

  /** Harmless if it runs. */
  synchronized void start(int node) {
    if (!running(node)) {
      running.put(node, hosting.start(files(node), starts.merge(node, 1, Integer::sum)));
    }
  }

  /** How often a node was started. */
  synchronized int starts(int node) {
    return starts.getOrDefault(node, 0);
  }

  synchronized boolean running(int node) {
    NodeProcess process = running.get(node);
    return process != null && process.alive();
  }

  synchronized NodeProcess process(int node) {
    return running.get(node);
  }

  /** kill -9; returns when the process is gone. */
  void kill(int node) {
    NodeProcess process = process(node);
    process.kill();
    world.await(END_MS, () -> !process.alive());
  }

  /** SIGTERM, which begins a controlled shutdown; kill -9 if it never ends. */
  void stop(int node) {
    NodeProcess process = process(node);
    process.terminate();
    if (!world.await(END_MS, () -> !process.alive())) {
      kill(node);
    }
  }
}
