package dev.trial.containers;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.live.kafka.KafkaHosting;
import dev.trial.live.kafka.NodeFiles;
import dev.trial.live.machine.LinkProxies;
import dev.trial.live.machine.ProxiedRoutes;
import dev.trial.live.process.NodeProcess;
import dev.trial.nemesis.proxy.LinkRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/**
 * Nodes in containers of one image, on a network of their own with a Toxiproxy. A node's disk,
 * settings and log lie on this machine and are mounted, so that what it wrote can be read whatever
 * becomes of the container. It is started by the image's {@code kafka-server-start} and not by the
 * image's entry point: those of Apache and of Confluent refuse {@code advertised.listeners} on a
 * controller, on which one-way partitions rest.
 */
public final class ContainerHosting implements KafkaHosting {
  private static final Duration FORMAT = Duration.ofSeconds(60);
  private static final int FIRST_PORT = 10_000;
  private static final String DISK = "/trial/disk";
  private static final String SETTINGS = "/trial/server.properties";
  private static final String LOGS = "/trial/logs";

  private final Engine engine;
  private final KafkaImage image;
  private final Path logs;
  private final LinkProxies front;
  private final LinkRegistry registry;
  private final Network network;
  private final ClusterProxies proxies;
  private final Map<String, String> links = new TreeMap<>();
  private final Map<String, Box> boxes = new TreeMap<>();

  /**
   * Makes the network and starts the Toxiproxy.
   *
   * @param shape of the cluster to come
   * @param toxiproxy which one stands on the links
   * @param front what stands before the clients' proxies on this machine
   * @param registry is told which proxy carries which link
   * @param logs where nodes leave their logs
   */
  public ContainerHosting(
      Engine engine,
      KafkaImage image,
      ClusterShape shape,
      ToxiproxySource toxiproxy,
      LinkProxies front,
      LinkRegistry registry,
      Path logs) {
    this.engine = engine;
    this.image = image;
    this.front = front;
    this.registry = registry;
    this.logs = logs;
    Owner owner = Owner.self();
    new Reaper(engine.client()).sweep();
    Watchdog.start(owner);
    this.network =
        Network.builder()
            .createNetworkCmdModifier(command -> command.withLabels(owner.labels()))
            .build();
    try {
      network.getId(); // made now
      this.proxies = ClusterProxies.of(toxiproxy, engine, image, network, 2 * shape.brokers());
    } catch (RuntimeException | Error failure) {
      network.close();
      throw failure;
    }
  }

  /** Drives the proxies of the links. */
  public eu.rekawek.toxiproxy.ToxiproxyClient toxiproxy() {
    return proxies.client();
  }

  @Override
  public String bound(String node, int port) {
    return "0.0.0.0:" + (FIRST_PORT + port);
  }

  private static String within(String node, int port) {
    return node + ":" + (FIRST_PORT + port);
  }

  @Override
  public synchronized String direct(String node, int port) {
    return links.computeIfAbsent(
        "harness " + node + " " + port,
        link -> proxies.outside("harness-to-" + node, node, FIRST_PORT + port));
  }

  @Override
  public synchronized String through(String from, String node, int port) {
    return from.equals(node)
        ? within(node, port)
        : links.computeIfAbsent(from + " " + node + " " + port, link -> link(from, node, port));
  }

  private String link(String from, String node, int port) {
    String name = from + "-to-" + node;
    registry.register(from, node, proxies.named(name));
    if (!from.equals(ProxiedRoutes.CLIENTS)) {
      return proxies.inside(name, node, FIRST_PORT + port);
    }
    String outside = proxies.outside(name, node, FIRST_PORT + port);
    int colon = outside.lastIndexOf(':');
    InetSocketAddress first =
        front.proxy(
            from,
            node,
            new InetSocketAddress(
                outside.substring(0, colon), Integer.parseInt(outside.substring(colon + 1))));
    return first.getHostString() + ":" + first.getPort();
  }

  @Override
  public String diskWithin(NodeFiles files) {
    return DISK;
  }

  @Override
  public String format(NodeFiles files, String clusterId, List<String> flags) {
    String command =
        "exec %s format -t %s -c %s %s >%s/format.log 2>&1"
            .formatted(image.storage(), clusterId, SETTINGS, String.join(" ", flags), LOGS);
    try (Box box = box(files, "format").shell(command)) {
      box.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(FORMAT));
      box.start();
    } catch (ContainerLaunchException failed) {
      // the disk is not formatted then, which the caller sees, and the log says why
    }
    return logs.resolve("format.log").toString();
  }

  @Override
  public synchronized NodeProcess start(NodeFiles files, int start) {
    Box known = boxes.get(files.node());
    if (known == null) {
      known = made(files);
      boxes.put(files.node(), known);
      known.start();
    } else {
      new ContainerNode(engine.client(), known.getContainerId()).startAgain();
    }
    proxies.started(files.node(), known.getContainerId());
    return new ContainerNode(engine.client(), known.getContainerId());
  }

  private Box made(NodeFiles files) {
    String node = files.node();
    Box box = box(files, node).withNetwork(network).withNetworkAliases(node);
    proxies.prepare(node, box);
    return box.shell("exec %s %s >>%s/%s.log 2>&1".formatted(image.start(), SETTINGS, LOGS, node));
  }

  private Box box(NodeFiles files, String purpose) {
    return new Box(engine, image.name(), purpose)
        .mount(files.disk(), DISK)
        .show(files.settings(), SETTINGS)
        .mount(logs, LOGS)
        .asOwnerOf(files.disk())
        .withEnv("LOG_DIR", "/tmp/kafka-logs")
        .withEnv("KAFKA_HEAP_OPTS", "-Xmx256m -Xms64m")
        .withEnv(
            "KAFKA_JVM_PERFORMANCE_OPTS",
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=160m"
                + " -XX:+ExitOnOutOfMemoryError");
  }

  @Override
  public synchronized void close() {
    boxes.values().forEach(Box::stop);
    proxies.close();
    network.close();
  }
}
