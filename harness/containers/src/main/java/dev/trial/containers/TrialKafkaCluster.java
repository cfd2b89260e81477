package dev.trial.containers;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.live.kafka.KafkaCluster;
import dev.trial.live.world.LiveWorld;
import dev.trial.nemesis.proxy.LinkRegistry;
import dev.trial.nemesis.proxy.NoMessageFaults;
import dev.trial.nemesis.proxy.ToxiproxyLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.testcontainers.lifecycle.Startable;

/**
 * A Kafka cluster for a test: dedicated KRaft controllers and several brokers in containers of one
 * image, with a Toxiproxy on every directed link between nodes and to clients. Nodes are called
 * {@code broker-1} …, {@code controller-101} …; {@link #CLIENTS} stands for all clients.
 *
 * <pre>{@code
 * @Container
 * TrialKafkaCluster kafka = new TrialKafkaCluster("apache/kafka:4.3.1");
 *
 * @Test
 * void survives() {
 *   kafka.cut("broker-2", "broker-1"); // one way
 *   …
 *   kafka.heal();
 * }
 * }</pre>
 *
 * <p>Containers and networks are gone when it is stopped, and also when the test's process is
 * killed. All methods are for one thread at a time.
 */
public final class TrialKafkaCluster implements Startable {
  /** All clients together. */
  public static final String CLIENTS = LinkRegistry.CLIENTS;

  private final String image;
  private Profile profile = Profile.DEFAULTS;
  private ToxiproxySource toxiproxy;
  private Path scratch;
  private LiveWorld world;
  private KafkaCluster cluster;
  private int faults;

  /** A cluster of that image, three brokers and three controllers unless told otherwise. */
  public TrialKafkaCluster(String image) {
    this.image = image;
  }

  /** How many brokers, with ids from 1 on, and controllers, from 101 on. */
  public TrialKafkaCluster withNodes(int brokers, int controllers) {
    profile =
        new Profile(
            new ClusterShape(brokers, controllers),
            profile.broker(),
            profile.topic(),
            profile.producer(),
            profile.consumer());
    return this;
  }

  /** A setting of every node, by its name in server.properties. */
  public TrialKafkaCluster withSetting(String name, String value) {
    profile = profile.broker(name, value);
    return this;
  }

  /** Which Toxiproxy stands on the links; unless said, {@link ToxiproxySource#of} decides. */
  public TrialKafkaCluster withToxiproxy(ToxiproxySource source) {
    toxiproxy = source;
    return this;
  }

  /**
   * Starts all nodes and returns when every broker is in service.
   *
   * @throws ContainersException if there is no engine, or the image is not to be had or no Kafka
   */
  @Override
  public void start() {
    if (cluster != null) {
      return;
    }
    Engine engine = Engine.reach();
    KafkaImage kafka = KafkaImage.of(engine, image);
    ToxiproxySource proxies = toxiproxy == null ? ToxiproxySource.of(engine) : toxiproxy;
    LinkRegistry registry = new LinkRegistry();
    scratch = made();
    world = new LiveWorld(0);
    try {
      ContainerHosting hosting =
          new ContainerHosting(
              engine,
              kafka,
              profile.shape(),
              proxies,
              (from, to, upstream) -> upstream,
              registry,
              scratch.resolve("logs"));
      ToxiproxyLinks links =
          new ToxiproxyLinks(
              hosting.toxiproxy(), registry, () -> List.of(CLIENTS), new NoMessageFaults());
      cluster =
          new KafkaCluster(
              kafka.version(),
              profile,
              world,
              new Nobody(),
              hosting,
              links,
              scratch.resolve("data"));
      cluster.start();
    } catch (RuntimeException | Error failure) {
      stop();
      throw failure;
    }
  }

  private static Path made() {
    try {
      Path scratch = Files.createTempDirectory("trial-kafka");
      Files.createDirectories(scratch.resolve("logs"));
      Files.createDirectories(scratch.resolve("data"));
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
  }

  /** Removes all of it, logs and disks included. */
  @Override
  public void stop() {
    if (world != null) {
      world.close();
    }
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
    if (scratch != null) {
      remove(scratch);
      scratch = null;
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the nodes' files are still in " + directory, e);
    }
  }

  private KafkaCluster running() {
    if (cluster == null) {
      throw new IllegalStateException("the cluster is not started");
    }
    return cluster;
  }

  /** What a client on this machine gives as bootstrap.servers: the clients' proxies. */
  public String getBootstrapServers() {
    return running().bootstrapServers();
  }

  /** The brokers' names. */
  public List<String> brokers() {
    List<String> names = new ArrayList<>();
    for (int id = 1; id <= profile.shape().brokers(); id++) {
      names.add(ClusterShape.brokerName(id));
    }
    return names;
  }

  /** Creates a topic and returns when each partition has a leader and a full in-sync set. */
  public void createTopic(String name, int partitions, int replicas) {
    createTopic(name, partitions, replicas, Map.of());
  }

  /** The same, with settings of the topic. */
  public void createTopic(String name, int partitions, int replicas, Map<String, String> settings) {
    running().createTopics(List.of(new TopicSpec(name, partitions, replicas, settings)));
  }

  /** The broker that leads a partition now, as committed metadata has it; empty if none does. */
  public OptionalInt leader(String topic, int partition) {
    return running().leader(new PartitionId(topic, partition));
  }

  /** The replicas in sync now, as committed metadata has them. */
  public List<Integer> inSyncReplicas(String topic, int partition) {
    return running().inSyncReplicas(new PartitionId(topic, partition));
  }

  /** The controller that was elected last; empty if none was. */
  public OptionalInt activeController() {
    return running().activeController();
  }

  // ---- what can be done to it

  /** Stops all bytes from one to the other, one way; they arrive after {@link #heal}. */
  public void cut(String from, String to) {
    running().links().cut(id(), List.of(from), List.of(to));
  }

  /** Adds delay to each way between the two. */
  public void delay(String one, String other, Duration delay, Duration jitter) {
    running()
        .links()
        .delay(id(), List.of(one), List.of(other), delay.toMillis(), jitter.toMillis());
  }

  /** Ends every open connection between the two. */
  public void reset(String one, String other) {
    running().links().reset(List.of(one), List.of(other));
  }

  /** Ends all faults on links. */
  public void heal() {
    running().links().healAll();
  }

  private String id() {
    return "fault-" + ++faults;
  }

  /** kill -9; returns when the node is gone. */
  public void kill(String node) {
    running().kill(node);
  }

  /** A controlled shutdown. */
  public void shutDown(String node) {
    running().stop(node);
  }

  /** The node gets no more time until {@link #resume}. */
  public void pause(String node) {
    running().pause(node);
  }

  /** The node goes on. */
  public void resume(String node) {
    running().resume(node);
  }

  /** Starts a node again that was killed or shut down; its disk is as it was left. */
  public void restart(String node) {
    running().start(node);
  }

  /** Waits until all nodes run and every partition has a leader and a full in-sync set. */
  public boolean awaitHealthy(Duration atMost) {
    return world.await(atMost.toMillis(), running()::healthy);
  }

  /** Nobody reads what this cluster does. */
  private static final class Nobody implements Recorder {
    @Override
    public long invoke(int process, Action action) {
      return 0;
    }

    @Override
    public void complete(int process, long invocation, Stage stage, Action action) {}

    @Override
    public void fact(int process, Action action) {}
  }
}
