package dev.trial.live.kafka;

import dev.trial.core.world.World;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LinkProxies;
import dev.trial.live.machine.ReservedPorts;
import dev.trial.live.process.Child;
import dev.trial.live.process.Launcher;
import dev.trial.live.process.NodeProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes as processes of this machine, from released jars, on loopback. */
public final class ProcessHosting implements KafkaHosting {
  private static final long FORMAT_MS = 60_000;

  private final World world;
  private final KafkaDistribution distribution;
  private final LinkProxies proxies;
  private final Launcher launcher;
  private final Path data;
  private final ReservedPorts ports = new ReservedPorts(new DirectRoutes());
  private final Map<String, String> links = new TreeMap<>();

  /**
   * Nodes of that version.
   *
   * @param proxies stand on the links between nodes and to clients
   * @param data working directory of the nodes
   */
  public ProcessHosting(
      KafkaVersion version, World world, LinkProxies proxies, Launcher launcher, Path data) {
    this.world = world;
    this.distribution = new KafkaDistribution(version, data);
    this.proxies = proxies;
    this.launcher = launcher;
    this.data = data;
  }

  @Override
  public String bound(String node, int port) {
    return text(ports.address(node, port));
  }

  @Override
  public String direct(String node, int port) {
    return bound(node, port);
  }

  @Override
  public synchronized String through(String from, String node, int port) {
    return from.equals(node)
        ? bound(node, port)
        : links.computeIfAbsent(
            from + " " + node + " " + port,
            link -> text(proxies.proxy(from, node, ports.address(node, port))));
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public String diskWithin(NodeFiles files) {
    return files.disk().toString();
  }

  @Override
  public String format(NodeFiles files, String clusterId, List<String> flags) {
    List<String> command =
        new ArrayList<>(
            distribution.command(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                clusterId,
                "-c",
                files.settings().toString()));
    command.addAll(flags);
    Child tool = launcher.start("format", data, Map.of(), command);
    if (!world.await(FORMAT_MS, () -> !tool.alive())) {
      tool.kill();
    }
    return tool.log().toString();
  }

  @Override
  public NodeProcess start(NodeFiles files, int start) {
    String name = files.node() + (start == 1 ? "" : "-start-" + start);
    return launcher.start(
        name, data, Map.of(), distribution.command("kafka.Kafka", files.settings().toString()));
  }

  /** The processes end with the launcher that started them. */
  @Override
  public void close() {
    ports.close();
  }
}
