package dev.trial.app.live.answers;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.protocol.ApiMessage;

/** Transactions. */
final class TransactionQuestions {
  private static final String ID = "a-transactional-id";
  private static final String UNKNOWN = "no-such-transactional-id";
  private static final String BEGUN = "InitProducerId that begins v5";

  private TransactionQuestions() {}

  static void add(Table table) {
    inits(table);
    additions(table);
    ends(table);
    commits(table);
    markers(table);
    descriptions(table);
  }

  private static void inits(Table table) {
    for (int version : new int[] {1, 5}) {
      init(table, "without timeout", version, r -> r.setTransactionTimeoutMs(0));
      init(table, "with a negative timeout", version, r -> r.setTransactionTimeoutMs(-1));
      init(table, "with a long timeout", version, r -> r.setTransactionTimeoutMs(99_999_999));
      init(table, "with an empty id", version, r -> r.setTransactionalId(""));
    }
    init(table, "with an epoch and no producer", 5, r -> r.setProducerEpoch((short) 3));
    init(table, "with a producer and no epoch", 5, r -> r.setProducerId(3));
    init(table, "with a strange producer", 5, r -> r.setProducerId(77).setProducerEpoch((short) 1));
    init(
        table,
        "without id, with a producer",
        5,
        r -> r.setTransactionalId(null).setProducerId(77).setProducerEpoch((short) 1));
    init(table, "that begins", 5, r -> r);
    init(table, "of another producer", 5, r -> r.setProducerId(77).setProducerEpoch((short) 0));
    init(table, "in two phases", 6, r -> r.setEnable2Pc(true));
    init(table, "that keeps what is prepared", 6, r -> r.setKeepPreparedTxn(true));
  }

  private static void init(
      Table table, String what, int version, UnaryOperator<InitProducerIdRequestData> change) {
    ask(
        table,
        "InitProducerId " + what,
        version,
        scene ->
            change.apply(
                new InitProducerIdRequestData()
                    .setTransactionalId(ID)
                    .setTransactionTimeoutMs(60_000)));
  }

  private static long producer(Scene scene) {
    return ((InitProducerIdResponseData) scene.answerTo(BEGUN)).producerId();
  }

  private static void additions(Table table) {
    for (int version : new int[] {1, 3}) {
      addition(table, "of an unknown id", version, scene -> add(UNKNOWN, 77, 0, Scene.ORDERS, 0));
      addition(table, "of an empty id", version, scene -> add("", 77, 0, Scene.ORDERS, 0));
      addition(table, "of another producer", version, scene -> add(ID, 77, 0, Scene.ORDERS, 0));
      addition(
          table,
          "of an old epoch",
          version,
          scene -> add(ID, producer(scene), -1, Scene.ORDERS, 0));
      addition(
          table,
          "of a future epoch",
          version,
          scene -> add(ID, producer(scene), 9, Scene.ORDERS, 0));
      addition(
          table,
          "of unknown partitions",
          version,
          scene -> add(ID, producer(scene), 0, Scene.ORDERS, 0, 7));
      addition(
          table,
          "of an unknown topic",
          version,
          scene -> add(ID, producer(scene), 0, "no-such-topic", 0));
      addition(table, "of a bad name", version, scene -> add(ID, producer(scene), 0, "a b", 0));
      addition(
          table,
          "of an internal topic",
          version,
          scene -> add(ID, producer(scene), 0, "__consumer_offsets", 0));
    }
    ask(
        table,
        "AddPartitionsToTxn of a batch",
        4,
        scene -> {
          AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
          request.transactions().add(batch(UNKNOWN, 77));
          request.transactions().add(batch(ID, 78).setVerifyOnly(true));
          return request;
        });
    for (String id : new String[] {"", UNKNOWN, ID}) {
      for (String group : new String[] {"", "simple-group"}) {
        ask(
            table,
            "AddOffsetsToTxn of '" + id + "' and group '" + group + "'",
            4,
            scene ->
                new AddOffsetsToTxnRequestData()
                    .setTransactionalId(id)
                    .setGroupId(group)
                    .setProducerId(77));
      }
    }
  }

  private static AddPartitionsToTxnTransaction batch(String id, long producer) {
    AddPartitionsToTxnTransaction transaction =
        new AddPartitionsToTxnTransaction().setTransactionalId(id).setProducerId(producer);
    transaction
        .topics()
        .add(new AddPartitionsToTxnTopic().setName(Scene.ORDERS).setPartitions(List.of(0, 7)));
    return transaction;
  }

  private static void addition(
      Table table, String what, int version, Function<Scene, ApiMessage> request) {
    ask(table, "AddPartitionsToTxn " + what, version, request);
  }

  private static AddPartitionsToTxnRequestData add(
      String id, long producer, int epoch, String topic, Integer... partitions) {
    AddPartitionsToTxnRequestData request =
        new AddPartitionsToTxnRequestData()
            .setV3AndBelowTransactionalId(id)
            .setV3AndBelowProducerId(producer)
            .setV3AndBelowProducerEpoch((short) epoch);
    request
        .v3AndBelowTopics()
        .add(new AddPartitionsToTxnTopic().setName(topic).setPartitions(Arrays.asList(partitions)));
    return request;
  }

  private static void ends(Table table) {
    for (int version : new int[] {3, 5}) {
      for (boolean committed : new boolean[] {true, false}) {
        String how = committed ? "that commits " : "that aborts ";
        end(table, how + "an unknown id", version, scene -> end(UNKNOWN, 77, 0, committed));
        end(table, how + "an empty id", version, scene -> end("", 77, 0, committed));
        end(table, how + "another producer's", version, scene -> end(ID, 77, 0, committed));
        end(
            table,
            how + "in a future epoch",
            version,
            scene -> end(ID, producer(scene), 9, committed));
        end(table, how + "in epoch -1", version, scene -> end(ID, producer(scene), -1, committed));
      }
    }
    end(table, "that commits nothing", 3, scene -> end(ID, producer(scene), 0, true));
  }

  private static void end(
      Table table, String what, int version, Function<Scene, ApiMessage> request) {
    ask(table, "EndTxn " + what, version, request);
  }

  private static EndTxnRequestData end(String id, long producer, int epoch, boolean committed) {
    return new EndTxnRequestData()
        .setTransactionalId(id)
        .setProducerId(producer)
        .setProducerEpoch((short) epoch)
        .setCommitted(committed);
  }

  private static void commits(Table table) {
    for (int version : new int[] {2, 3, 5}) {
      commit(table, "of no group", version, "", r -> r);
      commit(table, "of an unknown id", version, "simple-group", r -> r);
      commit(
          table,
          "of a stranger",
          version,
          GroupQuestions.GROUP,
          r -> version < 3 ? r : r.setMemberId("stranger").setGenerationId(1));
      commit(
          table,
          "of an instance",
          version,
          GroupQuestions.GROUP,
          r ->
              version < 3
                  ? r
                  : r.setMemberId("stranger").setGroupInstanceId("one").setGenerationId(1));
      commit(
          table,
          "of a generation",
          version,
          GroupQuestions.GROUP,
          r -> version < 3 ? r : r.setGenerationId(99));
    }
  }

  private static void commit(
      Table table,
      String what,
      int version,
      String group,
      UnaryOperator<TxnOffsetCommitRequestData> change) {
    GroupQuestions.ask(
        table,
        "TxnOffsetCommit " + what,
        version,
        group,
        scene ->
            change.apply(
                new TxnOffsetCommitRequestData()
                    .setGroupId(group)
                    .setTransactionalId(UNKNOWN)
                    .setProducerId(77)
                    .setTopics(
                        List.of(
                            offsets(Scene.ORDERS, 0, 7),
                            offsets("no-such-topic", 0),
                            offsets("a b", 0)))));
  }

  private static TxnOffsetCommitRequestTopic offsets(String topic, Integer... partitions) {
    return new TxnOffsetCommitRequestTopic()
        .setName(topic)
        .setPartitions(
            Arrays.stream(partitions)
                .map(
                    p ->
                        new TxnOffsetCommitRequestPartition()
                            .setPartitionIndex(p)
                            .setCommittedOffset(1))
                .toList());
  }

  private static void markers(Table table) {
    marker(table, "of an unknown topic", "no-such-topic", 0);
    marker(table, "of unknown partitions", Scene.ORDERS, 7, -1);
    marker(table, "of another leader's", Scene.ORDERS, 1);
  }

  private static void marker(Table table, String what, String topic, Integer... partitions) {
    table.ask(
        "WriteTxnMarkers " + what + " v1",
        1,
        new WriteTxnMarkersRequestData()
            .setMarkers(
                List.of(
                    new WritableTxnMarker()
                        .setProducerId(77)
                        .setTransactionResult(true)
                        .setTopics(
                            List.of(
                                new WritableTxnMarkerTopic()
                                    .setName(topic)
                                    .setPartitionIndexes(Arrays.asList(partitions)))))));
  }

  private static void descriptions(Table table) {
    for (String id : new String[] {"", UNKNOWN}) {
      ask(
          table,
          "DescribeTransactions of '" + id + "'",
          0,
          scene -> new DescribeTransactionsRequestData().setTransactionalIds(List.of(id)));
    }
    ask(
        table,
        "DescribeTransactions of one twice",
        0,
        scene ->
            new DescribeTransactionsRequestData().setTransactionalIds(List.of(UNKNOWN, UNKNOWN)));
    ask(
        table,
        "ListTransactions in an unknown state",
        2,
        scene -> new ListTransactionsRequestData().setStateFilters(List.of("Nowhere", "Empty")));
    table.ask(
        "ListTransactions of a bad pattern v2",
        2,
        new ListTransactionsRequestData().setTransactionalIdPattern("(["));
    ask(
        table,
        "ListTransactions of an empty pattern",
        2,
        scene -> new ListTransactionsRequestData().setTransactionalIdPattern(""));
    ask(
        table,
        "ListTransactions of a duration",
        2,
        scene -> new ListTransactionsRequestData().setDurationFilter(-5));
  }

  /** Asks the coordinator of {@link #ID}. */
  private static void ask(
      Table table, String what, int version, Function<Scene, ApiMessage> request) {
    table.ask(
        what + " v" + version, version, scene -> scene.coordinatorOfTransactions(ID), request);
  }
}
