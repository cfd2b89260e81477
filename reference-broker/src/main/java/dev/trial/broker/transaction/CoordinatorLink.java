package dev.trial.broker.transaction;

import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.replication.TransactionGate;
import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.wire.Peers;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Asks transaction coordinators on behalf of partitions and groups on this broker: one request at a
 * time to each, for all transactions that wait (KIP-890).
 */
public final class CoordinatorLink implements TransactionGate {
  private final Peers peers;
  private final Supplier<MetadataImage> image;
  private final long requestTimeoutMs;
  private final Map<Integer, Coordinator> coordinators = new TreeMap<>();

  /**
   * @param peers connections of its own: these calls must not wait for others
   * @param image the newest metadata of this broker
   */
  public CoordinatorLink(Peers peers, Supplier<MetadataImage> image, long requestTimeoutMs) {
    this.peers = peers;
    this.image = image;
    this.requestTimeoutMs = requestTimeoutMs;
  }

  /** One transaction's question. */
  private record Question(
      TransactionalProducer producer,
      List<PartitionId> partitions,
      Protocol protocol,
      Consumer<Map<PartitionId, Errors>> refused) {

    void fail(Errors error) {
      Map<PartitionId, Errors> all = new TreeMap<>();
      partitions.forEach(partition -> all.put(partition, error));
      refused.accept(all);
    }
  }

  @Override
  public void ask(
      TransactionalProducer producer,
      List<PartitionId> partitions,
      Protocol protocol,
      Consumer<Map<PartitionId, Errors>> refused) {
    Question question = new Question(producer, partitions, protocol, refused);
    int leader = coordinatorOf(producer.transactionalId());
    if (leader < 0) {
      question.fail(Errors.COORDINATOR_NOT_AVAILABLE);
    } else {
      coordinators.computeIfAbsent(leader, Coordinator::new).add(question);
    }
  }

  private int coordinatorOf(String transactionalId) {
    TopicState topic = image.get().topics().get(TransactionCoordinator.TOPIC);
    if (topic == null) {
      return -1;
    }
    int partition = GroupCoordinator.partitionOf(transactionalId, topic.partitions().size());
    int leader = topic.partitions().get(partition).leader();
    BrokerState broker = image.get().brokers().get(leader);
    return broker == null || broker.fenced() ? -1 : leader;
  }

  /** A broker that is the coordinator of transactions. */
  private final class Coordinator implements Peers.Reply {
    private final int broker;
    private Map<String, Question> waiting = new TreeMap<>();
    private Map<String, Question> sent = new TreeMap<>();
    private boolean inFlight;

    Coordinator(int broker) {
      this.broker = broker;
    }

    /**
     * Of two questions about one id that wait, the one with the newer epoch stays; with the same
     * epoch the client is repeating itself, so that nobody waits for the older one.
     */
    void add(Question question) {
      String id = question.producer().transactionalId();
      Question older = waiting.get(id);
      if (older != null && older.producer().epoch() > question.producer().epoch()) {
        question.fail(Errors.INVALID_PRODUCER_EPOCH);
        return;
      }
      waiting.put(id, question);
      if (older != null) {
        boolean same = older.producer().epoch() == question.producer().epoch();
        older.fail(same ? Errors.NETWORK_EXCEPTION : Errors.INVALID_PRODUCER_EPOCH);
      }
      flush();
    }

    private void flush() {
      if (inFlight || waiting.isEmpty()) {
        return;
      }
      inFlight = true;
      sent = waiting;
      waiting = new TreeMap<>();
      peers.call(broker, request(sent.values()), requestTimeoutMs, this);
    }

    @Override
    public void answered(ApiMessage response) {
      AddPartitionsToTxnResponseData data = (AddPartitionsToTxnResponseData) response;
      Map<String, Question> asked = ended();
      if (data.errorCode() != Errors.NONE.code()) {
        asked.values().forEach(question -> question.fail(Errors.forCode(data.errorCode())));
      } else {
        for (AddPartitionsToTxnResult result : data.resultsByTransaction()) {
          Question question = asked.get(result.transactionalId());
          if (question != null) {
            question.refused().accept(refused(result, question.protocol()));
          }
        }
      }
      flush();
    }

    @Override
    public void failed(String why) {
      ended().values().forEach(question -> question.fail(Errors.NETWORK_EXCEPTION));
      flush();
    }

    private Map<String, Question> ended() {
      inFlight = false;
      return sent;
    }
  }

  private static AddPartitionsToTxnRequestData request(Iterable<Question> questions) {
    AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
    for (Question question : questions) {
      AddPartitionsToTxnTransaction transaction =
          new AddPartitionsToTxnTransaction()
              .setTransactionalId(question.producer().transactionalId())
              .setProducerId(question.producer().producerId())
              .setProducerEpoch(question.producer().epoch())
              .setVerifyOnly(question.protocol() != Protocol.ADD);
      for (PartitionId partition : question.partitions()) {
        AddPartitionsToTxnTopic topic = transaction.topics().find(partition.topic());
        if (topic == null) {
          topic =
              new AddPartitionsToTxnTopic()
                  .setName(partition.topic())
                  .setPartitions(new ArrayList<>());
          transaction.topics().add(topic);
        }
        topic.partitions().add(partition.partition());
      }
      request.transactions().add(transaction);
    }
    return request;
  }

  private static Map<PartitionId, Errors> refused(
      AddPartitionsToTxnResult result, Protocol protocol) {
    Map<PartitionId, Errors> refused = new TreeMap<>();
    for (AddPartitionsToTxnTopicResult topic : result.topicResults()) {
      for (AddPartitionsToTxnPartitionResult partition : topic.resultsByPartition()) {
        Errors error = Errors.forCode(partition.partitionErrorCode());
        if (error != Errors.NONE) {
          PartitionId id = new PartitionId(topic.name(), partition.partitionIndex());
          refused.put(id, toClient(error, protocol));
        }
      }
    }
    return refused;
  }

  private static Errors toClient(Errors error, Protocol protocol) {
    return switch (error) {
      case PRODUCER_FENCED -> Errors.INVALID_PRODUCER_EPOCH;
      case TRANSACTION_ABORTABLE -> protocol == Protocol.VERIFY ? Errors.INVALID_TXN_STATE : error;
      default -> error;
    };
  }
}
