package dev.trial.broker.group;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.EndMarker;
import dev.trial.broker.log.Origin;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.replication.TransactionGate;
import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** A coordinator alone: time by hand, a log in memory, one offsets partition. */
final class GroupTrial {
  static final PartitionId OFFSETS = new PartitionId(GroupCoordinator.TOPIC, 0);
  static final Uuid TOPIC_ID = new Uuid(7, 7);
  static final Uuid OTHER_TOPIC_ID = new Uuid(9, 9);

  final FakeLog log = new FakeLog();
  private final FakeHost host = new FakeHost();
  private final Defects defects;
  private final BrokerSettings settings;
  private GroupCoordinator coordinator;
  private Handlers handlers;
  private boolean topicThere = true;
  private int partitions = 4;
  private int otherPartitions;
  private Map<String, String> groupConfigs = Map.of();
  final List<String> created = new ArrayList<>();

  GroupTrial(Map<String, String> settings, Defects defects) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("group.initial.rebalance.delay.ms", "0");
    this.settings = new BrokerSettings(all);
    this.defects = defects;
    moveCoordinator();
  }

  GroupTrial() {
    this(Map.of(), Defects.NONE);
  }

  /** A new process becomes the coordinator and loads what the log holds. */
  void moveCoordinator() {
    if (log.listener != null) {
      log.listener.leadership(OFFSETS, -1);
    }
    coordinator =
        new GroupCoordinator(
            host,
            settings,
            defects,
            log,
            this::image,
            (topic, done) -> {
              created.add(topic.name());
              topicThere = true;
              done.run();
            });
    handlers = new Handlers();
    GroupHandlers.register(coordinator, handlers);
    log.listener.leadership(OFFSETS, 1);
  }

  /** The end of a producer's transaction, as its coordinator has it written here. */
  Errors endTransaction(long producerId, boolean commit) {
    EndMarker marker = new EndMarker(commit, 0);
    AtomicReference<Errors> outcome = new AtomicReference<>();
    coordinator.endTransaction(
        OFFSETS,
        producerId,
        marker,
        marker.batch(producerId, (short) 0, 0),
        Origin.marker(2),
        outcome::set);
    return outcome.get();
  }

  /** Every group has these settings of its own. */
  void groupConfigs(Map<String, String> configs) {
    groupConfigs = configs;
  }

  void withoutTopic() {
    topicThere = false;
  }

  private MetadataImage image() {
    return new FakeImage(topicThere, partitions, otherPartitions, groupConfigs);
  }

  /** How many partitions topic "t" has from now on, and topic "u", which 0 takes away. */
  void partitions(int ofT, int ofU) {
    partitions = ofT;
    otherPartitions = ofU;
  }

  /** The answer, null while there is none. */
  <T extends ApiMessage> AtomicReference<T> send(ApiMessage request, int version, Class<T> type) {
    ApiKeys api = ApiKeys.forId(request.apiKey());
    AtomicReference<T> answer = new AtomicReference<>();
    handlers
        .of(api)
        .handle(
            new RequestContext(1, "client", "host", api, (short) version),
            request,
            new Responder() {
              @Override
              public void answer(ApiMessage response) {
                if (!answer.compareAndSet(null, type.cast(response))) {
                  throw new IllegalStateException("answered twice");
                }
              }

              @Override
              public void none() {
                throw new IllegalStateException("no answer");
              }

              @Override
              public void disconnect() {
                throw new IllegalStateException("disconnected");
              }
            });
    return answer;
  }

  /** The answer, which must be there once timers that are due have run. */
  <T extends ApiMessage> T ask(ApiMessage request, Class<T> type) {
    AtomicReference<T> answer =
        send(request, ApiKeys.forId(request.apiKey()).latestVersion(false), type);
    advance(0);
    return answer.get();
  }

  /** Lets time pass; timers run when they are due. */
  void advance(long ms) {
    host.advance(ms);
  }

  /** A log in memory that commits at once unless told to hold back. */
  static final class FakeLog implements InternalLog {
    final List<ByteBuffer> batches = new ArrayList<>();
    final ArrayDeque<Runnable> held = new ArrayDeque<>();
    boolean hold;
    Errors error = Errors.NONE;
    Errors verification = Errors.NONE;
    LeadershipListener listener;

    @Override
    public boolean leads(PartitionId partition) {
      return true;
    }

    @Override
    public int leaderEpoch(PartitionId partition) {
      return 1;
    }

    @Override
    public void append(
        PartitionId partition, ByteBuffer bytes, Origin origin, Consumer<Appended> done) {
      if (error != Errors.NONE) {
        done.accept(new Appended(error, -1));
        return;
      }
      long offset = batches.size();
      batches.add(bytes);
      if (hold) {
        held.add(() -> done.accept(new Appended(Errors.NONE, offset)));
      } else {
        done.accept(new Appended(Errors.NONE, offset));
      }
    }

    @Override
    public void verify(
        PartitionId partition,
        TransactionalProducer producer,
        TransactionGate.Protocol protocol,
        Consumer<Verified> done) {
      done.accept(new Verified(verification, Origin.COORDINATOR));
    }

    void release() {
      hold = false;
      while (!held.isEmpty()) {
        held.poll().run();
      }
    }

    @Override
    public void replay(PartitionId partition, Consumer<ByteBuffer> batch) {
      batches.forEach(bytes -> batch.accept(bytes.duplicate()));
    }

    @Override
    public void onLeadership(String topic, LeadershipListener newListener) {
      listener = newListener;
    }
  }

  private static final class FakeHost implements Host, Timers, Clock {
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private final RandomStream random = new RandomStream(5);
    private long nowMs;
    private long count;

    private static final class Due implements Comparable<Due>, Timer {
      private final long atMs;
      private final long order;
      private Runnable action;

      Due(long atMs, long order, Runnable action) {
        this.atMs = atMs;
        this.order = order;
        this.action = action;
      }

      @Override
      public int compareTo(Due other) {
        int byTime = Long.compare(atMs, other.atMs);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
      }

      @Override
      public void cancel() {
        action = () -> {};
      }
    }

    void advance(long ms) {
      long untilMs = nowMs + ms;
      while (!timers.isEmpty() && timers.peek().atMs <= untilMs) {
        Due due = timers.poll();
        nowMs = due.atMs;
        due.action.run();
      }
      nowMs = untilMs;
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
      Due due = new Due(nowMs + delayMs, count++, action);
      timers.add(due);
      return due;
    }

    @Override
    public long nanos() {
      return nowMs * 1_000_000;
    }

    @Override
    public long epochMs() {
      return nowMs;
    }

    @Override
    public String name() {
      return "broker-1";
    }

    @Override
    public Clock clock() {
      return this;
    }

    @Override
    public Timers timers() {
      return this;
    }

    @Override
    public Network network() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Disk disk() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RandomStream random(String concern) {
      return random;
    }

    @Override
    public void log(String line) {}
  }

  /** Topics "t" and "u", and the offsets topic with one partition, on broker 1. */
  private record FakeImage(
      boolean offsetsTopic, int partitions, int otherPartitions, Map<String, String> ofGroups)
      implements MetadataImage {
    @Override
    public long offset() {
      return 0;
    }

    @Override
    public SortedMap<Integer, BrokerState> brokers() {
      SortedMap<Integer, BrokerState> brokers = new TreeMap<>();
      brokers.put(1, new BrokerState(1, 1, new Uuid(1, 1), "broker-1", 9092, false, false));
      return brokers;
    }

    @Override
    public SortedMap<String, TopicState> topics() {
      SortedMap<String, TopicState> topics = new TreeMap<>();
      topics.put("t", topic("t", TOPIC_ID, partitions));
      if (otherPartitions > 0) {
        topics.put("u", topic("u", OTHER_TOPIC_ID, otherPartitions));
      }
      if (offsetsTopic) {
        topics.put(GroupCoordinator.TOPIC, topic(GroupCoordinator.TOPIC, new Uuid(8, 8), 1));
      }
      return topics;
    }

    private static TopicState topic(String name, Uuid id, int partitions) {
      List<PartitionState> states = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        states.add(new PartitionState(i, List.of(1), List.of(1), 1, 0, 0, Election.FIRST));
      }
      return new TopicState(name, id, states, Map.of());
    }

    @Override
    public Optional<TopicState> topic(Uuid id) {
      return topics().values().stream().filter(topic -> topic.id().equals(id)).findFirst();
    }

    @Override
    public Optional<PartitionState> partition(PartitionId partition) {
      return Optional.ofNullable(topics().get(partition.topic()))
          .map(topic -> topic.partitions().get(partition.partition()));
    }

    @Override
    public Map<String, String> groupConfigs(String group) {
      return ofGroups;
    }
  }
}
