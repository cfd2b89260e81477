package dev.trial.broker.transaction;

import dev.trial.broker.TinyWorld;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.GroupCoordinator;
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
import dev.trial.broker.wire.Peers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerPartitionResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** A transaction coordinator alone: a log in memory, and partitions that take markers. */
final class TransactionTrial {
  static final PartitionId STATE = new PartitionId(TransactionCoordinator.TOPIC, 0);

  final FakeLog log = new FakeLog();
  final Partitions partitions = new Partitions();
  final TinyWorld world = new TinyWorld(1);
  private final Map<String, String> settings;
  private long nextProducerId;
  private int term;
  private Handlers handlers;
  private TransactionHandlers transactional;

  TransactionTrial(int transactionVersion, Map<String, String> more) {
    settings = new TreeMap<>(more);
    settings.put("transaction.version", String.valueOf(transactionVersion));
    move();
  }

  /** Another process becomes the coordinator; what was on its way is gone. */
  void move() {
    log.held.clear();
    Host host = world.boot("broker");
    BrokerSettings broker = new BrokerSettings(settings);
    log.listener = null;
    TransactionCoordinator coordinator =
        new TransactionCoordinator(
            host,
            broker,
            Defects.NONE,
            log,
            partitions,
            FakeImage::new,
            () -> OptionalLong.of(nextProducerId++));
    InternalLog.LeadershipListener listener = log.listener;
    GroupCoordinator groups =
        new GroupCoordinator(
            host, broker, Defects.NONE, log, FakeImage::new, (topic, done) -> done.run());
    handlers = new Handlers();
    transactional = new TransactionHandlers(coordinator, groups);
    transactional.register(handlers, host, log);
    listener.leadership(STATE, ++term);
    run(0);
  }

  void run(long ms) {
    world.run(ms, () -> {});
  }

  /** The answer, null while there is none. */
  <T extends ApiMessage> AtomicReference<T> send(ApiMessage request, int version, Class<T> type) {
    ApiKeys api = ApiKeys.forId(request.apiKey());
    AtomicReference<T> answer = new AtomicReference<>();
    RequestContext context = new RequestContext(1, "c", "h", api, (short) version);
    Responder responder =
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
        };
    if (api == ApiKeys.INIT_PRODUCER_ID) {
      transactional.initProducerId(context, request, responder);
    } else {
      handlers.of(api).handle(context, request, responder);
    }
    return answer;
  }

  /** A log in memory that commits at once unless told otherwise. */
  static final class FakeLog implements InternalLog {
    final List<ByteBuffer> batches = new ArrayList<>();
    final ArrayDeque<Runnable> held = new ArrayDeque<>();
    boolean hold;
    Errors error = Errors.NONE;
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
        PartitionId partition, ByteBuffer batch, Origin origin, Consumer<Appended> done) {
      if (error != Errors.NONE) {
        done.accept(new Appended(error, -1));
        return;
      }
      batches.add(batch);
      Runnable committed = () -> done.accept(new Appended(Errors.NONE, batches.size()));
      if (hold) {
        held.add(committed);
      } else {
        committed.run();
      }
    }

    void release() {
      hold = false;
      while (!held.isEmpty()) {
        held.poll().run();
      }
    }

    @Override
    public void verify(
        PartitionId partition,
        TransactionalProducer producer,
        TransactionGate.Protocol protocol,
        Consumer<Verified> done) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replay(PartitionId partition, Consumer<ByteBuffer> batch) {
      new ArrayList<>(batches).forEach(bytes -> batch.accept(bytes.duplicate()));
    }

    @Override
    public void onLeadership(String topic, LeadershipListener newListener) {
      listener = listener == null ? newListener : listener;
    }
  }

  /** All partitions' leaders: they take markers, or answer an error, or nothing. */
  static final class Partitions implements Peers {
    final List<String> markers = new ArrayList<>();
    Errors error = Errors.NONE;
    boolean silent;

    @Override
    public void call(int node, ApiMessage request, long timeoutMs, Reply reply) {
      if (silent) {
        reply.failed("silent");
        return;
      }
      WriteTxnMarkersResponseData response = new WriteTxnMarkersResponseData();
      for (WritableTxnMarker marker : ((WriteTxnMarkersRequestData) request).markers()) {
        WritableTxnMarkerResult result =
            new WritableTxnMarkerResult().setProducerId(marker.producerId());
        response.markers().add(result);
        for (WriteTxnMarkersRequestData.WritableTxnMarkerTopic topic : marker.topics()) {
          WritableTxnMarkerTopicResult topicResult =
              new WritableTxnMarkerTopicResult().setName(topic.name());
          result.topics().add(topicResult);
          for (int index : topic.partitionIndexes()) {
            topicResult
                .partitions()
                .add(
                    new WritableTxnMarkerPartitionResult()
                        .setPartitionIndex(index)
                        .setErrorCode(error.code()));
            if (error == Errors.NONE) {
              String end = marker.transactionResult() ? " commit " : " abort ";
              markers.add(
                  marker.producerId() + "/" + marker.producerEpoch() + end + topic.name() + index);
            }
          }
        }
      }
      reply.answered(response);
    }
  }

  /** Topics "t" with four partitions, and the state topic with one, on broker 1. */
  private record FakeImage() implements MetadataImage {
    @Override
    public long offset() {
      return 0;
    }

    @Override
    public SortedMap<Integer, BrokerState> brokers() {
      SortedMap<Integer, BrokerState> brokers = new TreeMap<>();
      brokers.put(1, new BrokerState(1, 1, new Uuid(1, 1), "broker", 9092, false, false));
      return brokers;
    }

    @Override
    public SortedMap<String, TopicState> topics() {
      SortedMap<String, TopicState> topics = new TreeMap<>();
      topics.put("t", topic("t", 4));
      topics.put(TransactionCoordinator.TOPIC, topic(TransactionCoordinator.TOPIC, 1));
      return topics;
    }

    private static TopicState topic(String name, int partitions) {
      List<PartitionState> states = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        states.add(new PartitionState(i, List.of(1), List.of(1), 1, 0, 0, Election.FIRST));
      }
      return new TopicState(name, new Uuid(5, name.length()), states, Map.of());
    }

    @Override
    public Optional<TopicState> topic(Uuid id) {
      return topics().values().stream().filter(topic -> topic.id().equals(id)).findFirst();
    }

    @Override
    public Optional<PartitionState> partition(PartitionId partition) {
      return Optional.ofNullable(topics().get(partition.topic()))
          .filter(topic -> partition.partition() < topic.partitions().size())
          .map(topic -> topic.partitions().get(partition.partition()));
    }
  }
}
