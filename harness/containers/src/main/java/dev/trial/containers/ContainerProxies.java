package dev.trial.containers;

import com.github.dockerjava.api.exception.DockerException;
import dev.trial.nemesis.proxy.ProxyContainerMain;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;

/**
 * The Toxiproxy of a cluster, in a container of its own on the nodes' network: Toxiproxy's image,
 * or, where that is not to be had, Trial's own server for the same interface, run by the Java of
 * the Kafka image.
 */
final class ContainerProxies implements ClusterProxies {
  private static final String NAME = "toxiproxy";
  private static final int FIRST_OUTSIDE = 8_666;
  private static final int FIRST_INSIDE = 20_001;
  private static final int ANSWER_SECONDS = 60;
  private static final long BETWEEN_QUESTIONS_NS = 50_000_000;

  private final Box box;
  private final ToxiproxyClient client;
  private int nextOutside = FIRST_OUTSIDE;
  private int nextInside = FIRST_INSIDE;

  private ContainerProxies(Box box, Network network, int outside) {
    this.box =
        box.withNetwork(network).withNetworkAliases(NAME).publish(ProxyContainerMain.HTTP_PORT);
    for (int i = 0; i < outside; i++) {
      box.publish(FIRST_OUTSIDE + i);
    }
    try {
      begin();
      client = new ToxiproxyClient("127.0.0.1", httpPort());
      awaitAnswer();
    } catch (RuntimeException | Error failure) {
      box.stop();
      throw failure;
    }
  }

  private void begin() {
    try {
      box.start();
    } catch (ContainerLaunchException | DockerException failed) {
      throw none("its container does not start (" + Engine.said(failed) + ")", failed);
    }
  }

  private int httpPort() {
    return box.getMappedPort(ProxyContainerMain.HTTP_PORT);
  }

  private ContainersException none(String why, Throwable cause) {
    return new ContainersException(
        box.getDockerImageName() + " does not run as a Toxiproxy: " + why, cause);
  }

  /** Toxiproxy itself; {@code outside} says how many of its proxies this machine can use. */
  static ContainerProxies toxiproxy(Engine engine, String image, Network network, int outside) {
    return new ContainerProxies(new Box(engine, image, NAME), network, outside);
  }

  /** Trial's own, in a container of the Kafka image. */
  static ContainerProxies own(Engine engine, KafkaImage image, Network network, int outside) {
    Box box = new Box(engine, image.name(), NAME);
    box.asOwnerOf(code().iterator().next());
    StringBuilder classPath = new StringBuilder();
    for (Path code : code()) {
      String within = "/trial/" + classPath.length() + "-" + code.getFileName();
      box.show(code, within);
      classPath.append(classPath.isEmpty() ? "" : ":").append(within);
    }
    // A name is asked for anew at each connection: a node that was restarted may have moved.
    box.shell(
        "exec java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dsun.net.inetaddr.ttl=0"
            + " -Dsun.net.inetaddr.negative.ttl=0 -cp "
            + classPath
            + " "
            + ProxyContainerMain.class.getName());
    return new ContainerProxies(box, network, outside);
  }

  /** Where the classes lie that the server is made of. */
  private static Set<Path> code() {
    Set<Path> code = new LinkedHashSet<>();
    for (Class<?> each : ProxyContainerMain.needs()) {
      CodeSource source = each.getProtectionDomain().getCodeSource();
      try {
        code.add(Path.of(source.getLocation().toURI()));
      } catch (java.net.URISyntaxException e) {
        throw new IllegalStateException("no path to " + each, e);
      }
    }
    return code;
  }

  /** A container that has ended will not answer any more. */
  private void awaitAnswer() {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
    while (!answers()) {
      if (!box.isRunning()) {
        throw none("its container has ended" + last(), null);
      }
      if (System.nanoTime() > deadlineNs) {
        throw none("no answer within " + ANSWER_SECONDS + " s" + last(), null);
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS_NS);
    }
  }

  private boolean answers() {
    try {
      ToxiproxyPing.check(URI.create("http://127.0.0.1:" + httpPort()));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The last line that it wrote. */
  private String last() {
    String log = box.getLogs().strip();
    return log.isEmpty() ? "" : ": " + log.substring(log.lastIndexOf('\n') + 1);
  }

  @Override
  public ToxiproxyClient client() {
    return client;
  }

  @Override
  public String named(String link) {
    return link;
  }

  @Override
  public synchronized String inside(String link, String node, int port) {
    int listening = nextInside++;
    create(link, listening, node, port);
    return NAME + ":" + listening;
  }

  @Override
  public synchronized String outside(String link, String node, int port) {
    int listening = nextOutside++;
    create(link, listening, node, port);
    return "127.0.0.1:" + box.getMappedPort(listening);
  }

  private void create(String link, int listening, String node, int port) {
    try {
      client.createProxy(link, "0.0.0.0:" + listening, node + ":" + port);
    } catch (IOException e) {
      throw new UncheckedIOException("Toxiproxy did not make " + link, e);
    }
  }

  /** Names are enough on one network. */
  @Override
  public void prepare(String node, Box box) {}

  @Override
  public void started(String node, String containerId) {}

  @Override
  public void close() {
    box.stop();
  }
}
