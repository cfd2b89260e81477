package dev.trial.live.machine;

import dev.trial.core.fault.Links;
import dev.trial.core.world.Clock;
import dev.trial.core.world.Machine;
import dev.trial.core.world.Machines;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The machines of a cluster on real time, in one JVM, each with a directory of its own. */
public final class LiveMachines implements Machines, AutoCloseable {
  private final Path directory;
  private final Clock clock;
  private final Routes routes;
  private final ReservedPorts ports;
  private final Links links;
  private final RandomStream random;
  private final Consumer<String> log;
  private final Map<String, LiveMachine> machines = new TreeMap<>();

  /**
   * Machines under a directory.
   *
   * @param links who does network faults on the routes
   * @param log gets the nodes' log lines, each beginning with the machine's name
   */
  public LiveMachines(
      Path directory,
      Clock clock,
      Routes routes,
      Links links,
      RandomStream random,
      Consumer<String> log) {
    this.directory = directory;
    this.clock = clock;
    this.routes = routes;
    this.ports = new ReservedPorts(routes);
    this.links = links;
    this.random = random;
    this.log = log;
  }

  @Override
  public synchronized Machine machine(String name) {
    return machines.computeIfAbsent(
        name,
        key ->
            new LiveMachine(
                key, directory.resolve(key), clock, routes, ports, random.fork(key), log));
  }

  /**
   * Decides the real port of a machine's port, before its first boot.
   *
   * @throws java.io.UncheckedIOException if somebody has that port
   */
  public void fixPort(String machine, int port, int realPort) {
    ports.fix(machine, port, realPort);
  }

  @Override
  public Address clientAddress(String machine, int port) {
    ports.address(machine, port);
    InetSocketAddress address = routes.clientRoute(machine, port);
    return new Address(address.getHostString(), address.getPort());
  }

  @Override
  public Links links() {
    return links;
  }

  /** Kills every process. */
  @Override
  public synchronized void close() {
    machines.values().forEach(LiveMachine::kill);
    ports.close();
  }
}
