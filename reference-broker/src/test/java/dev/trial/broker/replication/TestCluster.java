package dev.trial.broker.replication;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.MemoryDisk;
import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.Peers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** Three brokers' replica services, calls between them with delays and losses, and a controller. */
final class TestCluster {
  static final PartitionId PARTITION = new PartitionId("t", 0);
  static final int CONTROLLER = 101;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "replica.lag.time.max.ms", "2000",
          "replica.fetch.wait.max.ms", "100",
          "replica.fetch.backoff.ms", "100",
          "replica.selector.class", "org.apache.kafka.common.replica.RackAwareReplicaSelector",
          "request.timeout.ms", "500",
          "replica.socket.timeout.ms", "500",
          "replica.high.watermark.checkpoint.interval.ms", "1000");

  final Loop loop = new Loop();
  final TestController controller;
  final Set<String> violations = new LinkedHashSet<>();
  private final RandomStream random;
  private final Defects defects;
  private final Map<Integer, Node> nodes = new TreeMap<>();
  private final Set<Integer> cut = new TreeSet<>();
  private final List<CommittedPrefix> prefixes = new ArrayList<>();

  TestCluster(RandomStream random, Defects defects, Map<String, String> topic) {
    this.random = random;
    this.defects = defects;
    this.controller = new TestController(topic);
    for (int broker = 1; broker <= 3; broker++) {
      nodes.put(broker, new Node(broker));
      prefixes.add(new CommittedPrefix());
    }
    nodes.values().forEach(Node::boot);
    nodes.values().forEach(Node::publish);
  }

  void run(long ms) {
    loop.run(ms, this::look);
  }

  private void look() {
    for (Node node : nodes.values()) {
      String broken = node.service.brokenInvariant();
      if (broken != null) {
        violations.add("invariant");
      }
    }
    for (int broker = 1; broker <= 3; broker++) {
      PartitionLog one = log(broker);
      PartitionLog other = log(broker % 3 + 1);
      if (prefixes.get(broker - 1).firstDifference(one, other) >= 0) {
        violations.add("divergence");
      }
    }
  }

  PartitionLog log(int broker) {
    return nodes.get(broker).service.log(PARTITION);
  }

  ReplicaService service(int broker) {
    return nodes.get(broker).service;
  }

  boolean running(int broker) {
    return nodes.get(broker).host.alive();
  }

  /** The controller's latest state reaches each broker after a while. */
  void publish() {
    nodes.values().forEach(node -> loop.after(random.nextLong(60), node::publish));
  }

  void kill(int broker) {
    nodes.get(broker).host.kill();
    loop.after(
        100 + random.nextLong(400),
        () -> {
          if (!running(broker)) {
            controller.fence(broker);
            publish();
          }
        });
  }

  /** Starts it again with the disk as the process left it. */
  void restart(int broker) {
    if (!running(broker)) {
      controller.fence(broker);
      nodes.get(broker).boot();
      nodes.get(broker).publish();
      publish();
    }
  }

  void isolate(int broker) {
    cut.add(broker);
  }

  void heal() {
    cut.clear();
    nodes.keySet().forEach(this::restart);
  }

  void moveLeader() {
    controller.move(random);
    publish();
  }

  /** A client's call: lost or answered late at times. */
  void call(int broker, ApiMessage request, double lossy, Consumer<ApiMessage> answer) {
    ApiMessage copy = Codec.request(request);
    boolean dropAnswer = random.chance(lossy);
    loop.after(
        1 + random.nextLong(10),
        () ->
            nodes.get(broker).serve(copy, response -> answerClient(response, dropAnswer, answer)));
  }

  /** A client's call as an old client makes it, whose answer must have a form in that version. */
  void callOld(int broker, ApiMessage request, short version, Consumer<ApiMessage> answer) {
    nodes
        .get(broker)
        .serve(
            request,
            version,
            response -> {
              Codec.bytes(response, version);
              answer.accept(response);
            });
  }

  private void answerClient(ApiMessage response, boolean drop, Consumer<ApiMessage> answer) {
    if (!drop) {
      ApiMessage copy = Codec.response(response);
      loop.after(1 + random.nextLong(10), () -> answer.accept(copy));
    }
  }

  private final class Node {
    private final int id;
    private final MemoryDisk disk = new MemoryDisk();
    private TestHost host;
    private ReplicaService service;
    private Handlers handlers;
    private MetadataImage seen;
    private long epoch;

    Node(int id) {
      this.id = id;
    }

    void boot() {
      host = new TestHost(loop, disk);
      handlers = new Handlers();
      seen = null;
      epoch = controller.register(id);
      service =
          new ReplicaService(
              host,
              id,
              () -> epoch,
              new BrokerSettings(SETTINGS),
              defects,
              new Links(id, host),
              () -> CONTROLLER,
              (oracle, partition, why) -> violations.add(oracle));
      service.register(handlers);
    }

    void publish() {
      MetadataImage latest = controller.image();
      if (host.alive() && !latest.equals(seen)) {
        service.changed(seen, latest);
        seen = latest;
      }
    }

    void serve(ApiMessage request, Consumer<ApiMessage> answered) {
      serve(request, Codec.version(request), answered);
    }

    void serve(ApiMessage request, short version, Consumer<ApiMessage> answered) {
      if (!host.alive()) {
        return;
      }
      TestHost process = host;
      ApiKeys api = ApiKeys.forId(request.apiKey());
      RequestContext context = new RequestContext(1, "test", "test", api, version);
      handlers.of(api).handle(context, request, new Answering(process, answered));
    }
  }

  private record Answering(TestHost process, Consumer<ApiMessage> answered) implements Responder {
    @Override
    public void answer(ApiMessage response) {
      if (process.alive()) {
        answered.accept(response);
      }
    }

    @Override
    public void none() {}

    @Override
    public void disconnect() {}
  }

  /** Calls from one process to others: delayed, and lost while either end is cut off or dead. */
  private final class Links implements Peers {
    private final int from;
    private final TestHost process;

    Links(int from, TestHost process) {
      this.from = from;
      this.process = process;
    }

    @Override
    public void call(int node, ApiMessage request, long timeoutMs, Reply reply) {
      OneReply once = new OneReply(process, reply);
      loop.after(timeoutMs, () -> once.failed("time is up"));
      ApiMessage copy = Codec.request(request);
      loop.after(1 + random.nextLong(5), () -> arrive(node, copy, once));
    }

    private void arrive(int node, ApiMessage request, OneReply reply) {
      if (cut.contains(from) || cut.contains(node)) {
        return;
      }
      if (node == CONTROLLER) {
        back(node, controller.serve(request), reply);
        publish();
      } else {
        nodes.get(node).serve(request, response -> back(node, response, reply));
      }
    }

    private void back(int node, ApiMessage response, OneReply reply) {
      ApiMessage copy = Codec.response(response);
      loop.after(
          1 + random.nextLong(5),
          () -> {
            if (!cut.contains(from) && !cut.contains(node)) {
              reply.answered(copy);
            }
          });
    }
  }

  private static final class OneReply implements Peers.Reply {
    private final TestHost process;
    private Peers.Reply reply;

    OneReply(TestHost process, Peers.Reply reply) {
      this.process = process;
      this.reply = reply;
    }

    @Override
    public void answered(ApiMessage response) {
      Peers.Reply told = take();
      if (told != null) {
        told.answered(response);
      }
    }

    @Override
    public void failed(String why) {
      Peers.Reply told = take();
      if (told != null) {
        told.failed(why);
      }
    }

    private Peers.Reply take() {
      Peers.Reply told = process.alive() ? reply : null;
      reply = null;
      return told;
    }
  }
}
