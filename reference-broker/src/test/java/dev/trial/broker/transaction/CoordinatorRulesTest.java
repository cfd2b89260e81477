package dev.trial.broker.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.log.RecordBatchView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The coordinator's answers, state by state, under both protocols, and across its failures. */
class CoordinatorRulesTest {
  private static final int OLD_END = 4;
  private static final int NEW_END = 5;
  private static final int OLD_ADD = 3;
  private static final int NEW_ADD = 5;
  private TransactionTrial trial = new TransactionTrial(2, Map.of());

  // ---- requests

  private static InitProducerIdRequestData initRequest() {
    return new InitProducerIdRequestData().setTransactionalId("x").setTransactionTimeoutMs(60_000);
  }

  private InitProducerIdResponseData init(InitProducerIdRequestData request) {
    return trial.send(request, 6, InitProducerIdResponseData.class).get();
  }

  private InitProducerIdResponseData init() {
    return init(initRequest());
  }

  private Errors add(long producerId, int epoch, int version, int... partitions) {
    List<Integer> indexes = new ArrayList<>();
    for (int partition : partitions) {
      indexes.add(partition);
    }
    AddPartitionsToTxnTopic topic =
        new AddPartitionsToTxnTopic().setName("t").setPartitions(indexes);
    AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
    if (version < 4) {
      request
          .setV3AndBelowTransactionalId("x")
          .setV3AndBelowProducerId(producerId)
          .setV3AndBelowProducerEpoch((short) epoch)
          .v3AndBelowTopics()
          .add(topic);
    } else {
      AddPartitionsToTxnTransaction transaction =
          new AddPartitionsToTxnTransaction()
              .setTransactionalId("x")
              .setProducerId(producerId)
              .setProducerEpoch((short) epoch);
      transaction.topics().add(topic);
      request.transactions().add(transaction);
    }
    AddPartitionsToTxnResponseData response =
        trial.send(request, version, AddPartitionsToTxnResponseData.class).get();
    var topics =
        version < 4
            ? response.resultsByTopicV3AndBelow()
            : response.resultsByTransaction().find("x").topicResults();
    return Errors.forCode(
        topics.find("t").resultsByPartition().iterator().next().partitionErrorCode());
  }

  private AtomicReference<EndTxnResponseData> ending(
      long producerId, int epoch, boolean commit, int version) {
    return trial.send(
        new EndTxnRequestData()
            .setTransactionalId("x")
            .setProducerId(producerId)
            .setProducerEpoch((short) epoch)
            .setCommitted(commit),
        version,
        EndTxnResponseData.class);
  }

  private Errors end(long producerId, int epoch, boolean commit, int version) {
    return Errors.forCode(ending(producerId, epoch, commit, version).get().errorCode());
  }

  private DescribeTransactionsResponseData.TransactionState describe() {
    return trial
        .send(
            new DescribeTransactionsRequestData().setTransactionalIds(List.of("x")),
            0,
            DescribeTransactionsResponseData.class)
        .get()
        .transactionStates()
        .get(0);
  }

  private String state() {
    return describe().transactionState();
  }

  // ---- InitProducerId

  @Test
  void eachInitGetsTheNextEpoch() {
    assertEquals(0, init().producerEpoch());
    assertEquals(1, init().producerEpoch());
    assertEquals(0, init().producerId());
    trial.move();
    assertEquals(3, init().producerEpoch());
  }

  @Test
  void aProducerThatGoesOnMustBeThePresentOne() {
    init();
    InitProducerIdRequestData again = initRequest().setProducerId(0).setProducerEpoch((short) 0);
    assertEquals(1, init(again).producerEpoch());
    assertEquals(1, init(again).producerEpoch(), "repeated");
    init();
    assertEquals(Errors.PRODUCER_FENCED.code(), init(again).errorCode());
    assertEquals(
        Errors.INVALID_PRODUCER_EPOCH.code(),
        trial.send(again, 3, InitProducerIdResponseData.class).get().errorCode());
    assertEquals(
        Errors.PRODUCER_FENCED.code(), init(again.duplicate().setProducerId(77)).errorCode());
  }

  @Test
  void senselessInits() {
    assertEquals(
        Errors.INVALID_REQUEST.code(), init(initRequest().setTransactionalId("")).errorCode());
    assertEquals(
        Errors.INVALID_TRANSACTION_TIMEOUT.code(),
        init(initRequest().setTransactionTimeoutMs(900_001)).errorCode());
    assertEquals(
        Errors.INVALID_TRANSACTION_TIMEOUT.code(),
        init(initRequest().setTransactionTimeoutMs(0)).errorCode());
    assertEquals(Errors.INVALID_REQUEST.code(), init(initRequest().setProducerId(4)).errorCode());
    assertEquals(
        Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code(),
        init(initRequest().setEnable2Pc(true)).errorCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anInitAbortsWhatIsOpen(int version) {
    trial = new TransactionTrial(version, Map.of());
    init();
    assertEquals(Errors.NONE, add(0, 0, version < 2 ? OLD_ADD : NEW_ADD, 1, 2));
    assertEquals(Errors.CONCURRENT_TRANSACTIONS.code(), init().errorCode());
    assertEquals(List.of("0/1 abort t1", "0/1 abort t2"), trial.partitions.markers);
    assertEquals(2, init().producerEpoch(), "the fencing epoch is nobody's");
    assertEquals(Errors.PRODUCER_FENCED, add(0, 0, OLD_ADD, 1));
    assertEquals(Errors.PRODUCER_FENCED, end(0, 0, true, OLD_END));
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, end(0, 0, true, 1), "as old clients know it");
  }

  @Test
  void anInitWaitsForAnEndUnderWay() {
    init();
    add(0, 0, NEW_ADD, 1);
    trial.partitions.silent = true;
    assertEquals(Errors.NONE, end(0, 0, true, NEW_END));
    assertEquals(Errors.CONCURRENT_TRANSACTIONS.code(), init().errorCode());
    assertEquals(Errors.CONCURRENT_TRANSACTIONS, add(0, 1, NEW_ADD, 1));
    trial.partitions.silent = false;
    trial.run(100);
    assertEquals("CompleteCommit", state());
    assertEquals(2, init().producerEpoch());
  }

  // ---- EndTxn

  @Test
  void endsOfOldAreToldByState() {
    trial = new TransactionTrial(1, Map.of());
    init();
    assertEquals(Errors.INVALID_TXN_STATE, end(0, 0, true, OLD_END), "empty");
    assertEquals(Errors.INVALID_TXN_STATE, end(0, 0, false, OLD_END));
    add(0, 0, OLD_ADD, 1);
    assertEquals(Errors.PRODUCER_FENCED, end(0, 1, true, OLD_END));
    assertEquals(Errors.INVALID_PRODUCER_ID_MAPPING, end(9, 0, true, OLD_END));
    assertEquals(Errors.NONE, end(0, 0, true, OLD_END));
    assertEquals(List.of("0/0 commit t1"), trial.partitions.markers, "the same epoch");
    assertEquals(Errors.NONE, end(0, 0, true, OLD_END), "repeated");
    assertEquals(Errors.INVALID_TXN_STATE, end(0, 0, false, OLD_END));
    add(0, 0, OLD_ADD, 1);
    assertEquals(Errors.NONE, end(0, 0, false, OLD_END));
    assertEquals(Errors.NONE, end(0, 0, false, OLD_END), "repeated");
    assertEquals(Errors.INVALID_TXN_STATE, end(0, 0, true, OLD_END));
  }

  /** KAFKA-17754: before transactions v2 a delayed EndTxn ends the next transaction. */
  @Test
  void aDelayedEndOfOldEndsTheNextTransaction() {
    trial = new TransactionTrial(1, Map.of());
    init();
    add(0, 0, OLD_ADD, 1);
    end(0, 0, true, OLD_END);
    add(0, 0, OLD_ADD, 2);
    assertEquals(Errors.NONE, end(0, 0, true, OLD_END));
    assertTrue(trial.partitions.markers.contains("0/0 commit t2"));
    trial = new TransactionTrial(2, Map.of());
    init();
    add(0, 0, NEW_ADD, 1);
    end(0, 0, true, NEW_END);
    add(0, 1, NEW_ADD, 2);
    assertEquals(Errors.PRODUCER_FENCED, end(0, 0, true, NEW_END));
  }

  /** The table of KIP-890: retry has the epoch before, current the present one. */
  @ParameterizedTest
  @CsvSource({
    "Empty,false,retry,PRODUCER_FENCED",
    "Empty,false,current,NONE",
    "Empty,true,retry,PRODUCER_FENCED",
    "Empty,true,current,INVALID_TXN_STATE",
    "CompleteAbort,false,retry,NONE",
    "CompleteAbort,false,current,NONE",
    "CompleteAbort,true,retry,INVALID_TXN_STATE",
    "CompleteAbort,true,current,INVALID_TXN_STATE",
    "CompleteCommit,false,retry,INVALID_TXN_STATE",
    "CompleteCommit,false,current,NONE",
    "CompleteCommit,true,retry,NONE",
    "CompleteCommit,true,current,INVALID_TXN_STATE",
  })
  void endsWithTransactionsV2(String from, boolean commit, String epoch, Errors expected) {
    init();
    init();
    int present = 1;
    if (!from.equals("Empty")) {
      add(0, 1, NEW_ADD, 1);
      EndTxnResponseData ended = ending(0, 1, from.equals("CompleteCommit"), NEW_END).get();
      assertEquals(2, ended.producerEpoch());
      present = 2;
    }
    assertEquals(from, state());
    boolean retry = epoch.equals("retry");
    EndTxnResponseData answer = ending(0, retry ? present - 1 : present, commit, NEW_END).get();
    assertEquals(expected, Errors.forCode(answer.errorCode()));
    if (expected == Errors.NONE) {
      assertEquals(retry ? present : present + 1, answer.producerEpoch());
      assertEquals(retry ? from : "CompleteAbort", state());
    }
  }

  @Test
  void usedUpEpochsBringAnotherProducerId() {
    init();
    int epoch = 0;
    while (epoch < Short.MAX_VALUE - 1) {
      epoch = ending(0, epoch, false, NEW_END).get().producerEpoch();
    }
    add(0, epoch, NEW_ADD, 3);
    EndTxnResponseData ended = ending(0, epoch, true, NEW_END).get();
    assertEquals(1, ended.producerId());
    assertEquals(0, ended.producerEpoch());
    assertEquals(List.of("0/32767 commit t3"), trial.partitions.markers);
    EndTxnResponseData repeated = ending(0, epoch, true, NEW_END).get();
    assertEquals(Errors.NONE.code(), repeated.errorCode());
    assertEquals(1, repeated.producerId());
    assertEquals(0, repeated.producerEpoch());
    trial.move();
    assertEquals(1, ending(0, epoch, true, NEW_END).get().producerId(), "it is in the log");
  }

  @Test
  void anInitRotatesUsedUpEpochsToo() {
    InitProducerIdResponseData told = init();
    while (told.producerEpoch() < Short.MAX_VALUE - 1) {
      told = init();
    }
    told = init();
    assertEquals(1, told.producerId());
    assertEquals(0, told.producerEpoch());
  }

  // ---- the decision

  @Test
  void nobodyIsAnsweredBeforeTheDecisionIsCommitted() {
    init();
    add(0, 0, NEW_ADD, 1);
    trial.log.hold = true;
    AtomicReference<EndTxnResponseData> answer = ending(0, 0, true, NEW_END);
    assertNull(answer.get());
    assertEquals(List.of(), trial.partitions.markers);
    assertEquals("Ongoing", state());
    assertEquals(Errors.CONCURRENT_TRANSACTIONS, end(0, 0, true, NEW_END));
    trial.log.release();
    assertEquals(Errors.NONE.code(), answer.get().errorCode());
    assertEquals(List.of("0/1 commit t1"), trial.partitions.markers);
  }

  @Test
  void aRecordThatCannotBeWrittenChangesNothing() {
    init();
    add(0, 0, NEW_ADD, 1);
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE, end(0, 0, true, NEW_END));
    trial.log.error = Errors.NOT_LEADER_OR_FOLLOWER;
    assertEquals(Errors.NOT_COORDINATOR, end(0, 0, true, NEW_END));
    trial.log.error = Errors.NONE;
    assertEquals("Ongoing", state());
    assertEquals(Errors.NONE, end(0, 0, false, NEW_END));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFenceThatCouldNotBeWrittenIsNotTakenTwice(int version) {
    trial = new TransactionTrial(version, Map.of());
    init();
    add(0, 0, version < 2 ? OLD_ADD : NEW_ADD, 1);
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    for (int i = 0; i < 3; i++) {
      assertEquals(Errors.COORDINATOR_NOT_AVAILABLE.code(), init().errorCode());
    }
    trial.log.error = Errors.NONE;
    assertEquals(Errors.CONCURRENT_TRANSACTIONS.code(), init().errorCode());
    assertEquals(List.of("0/1 abort t1"), trial.partitions.markers);
  }

  @Test
  void anEndThatIsNotCommittedInTimeIsAnsweredSo() {
    init(initRequest().setTransactionTimeoutMs(500));
    add(0, 0, NEW_ADD, 1);
    trial.log.hold = true;
    AtomicReference<EndTxnResponseData> answer = ending(0, 0, true, NEW_END);
    trial.run(600);
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE.code(), answer.get().errorCode());
  }

  // ---- partitions

  @Test
  void partitionsAreAddedOrVerified() {
    init();
    assertEquals(Errors.INVALID_PRODUCER_ID_MAPPING, add(5, 0, OLD_ADD, 1));
    assertEquals(Errors.NONE, add(0, 0, OLD_ADD, 1));
    assertEquals(Errors.UNKNOWN_TOPIC_OR_PARTITION, add(0, 0, OLD_ADD, 9));
    int written = trial.log.batches.size();
    assertEquals(Errors.NONE, add(0, 0, OLD_ADD, 1), "already in");
    assertEquals(written, trial.log.batches.size());
    AddPartitionsToTxnTransaction question =
        new AddPartitionsToTxnTransaction().setTransactionalId("x").setVerifyOnly(true);
    question.topics().add(new AddPartitionsToTxnTopic().setName("t").setPartitions(List.of(1, 2)));
    AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
    request.transactions().add(question);
    var results =
        trial
            .send(request, 5, AddPartitionsToTxnResponseData.class)
            .get()
            .resultsByTransaction()
            .find("x")
            .topicResults()
            .find("t")
            .resultsByPartition();
    assertEquals(0, results.find(1).partitionErrorCode());
    assertEquals(Errors.TRANSACTION_ABORTABLE.code(), results.find(2).partitionErrorCode());
  }

  @Test
  void markersAreRepeatedUntilTheyAreWritten() {
    init();
    add(0, 0, NEW_ADD, 1);
    trial.partitions.error = Errors.NOT_LEADER_OR_FOLLOWER;
    assertEquals(Errors.NONE, end(0, 0, true, NEW_END));
    trial.run(500);
    assertEquals("PrepareCommit", state());
    assertEquals(1, describe().topics().find("t").partitions().get(0));
    trial.partitions.error = Errors.NONE;
    trial.run(100);
    assertEquals("CompleteCommit", state());
    assertEquals(List.of("0/1 commit t1"), trial.partitions.markers);
  }

  // ---- time

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anOpenTransactionTimesOut(int version) {
    trial = new TransactionTrial(version, Map.of());
    init();
    add(0, 0, version < 2 ? OLD_ADD : NEW_ADD, 1);
    trial.run(59_000);
    assertEquals("Ongoing", state());
    trial.run(12_000);
    assertEquals("CompleteAbort", state());
    assertEquals(List.of("0/1 abort t1"), trial.partitions.markers);
    assertEquals(Errors.PRODUCER_FENCED, end(0, 0, true, OLD_END));
    // With v2 the client whose transaction timed out learns that it was aborted.
    assertEquals(
        version < 2 ? Errors.PRODUCER_FENCED : Errors.INVALID_TXN_STATE,
        end(0, 0, true, version < 2 ? OLD_END : NEW_END));
  }

  @Test
  void unusedIdsAreForgotten() {
    trial =
        new TransactionTrial(
            2,
            Map.of(
                "transactional.id.expiration.ms", "5000",
                "transaction.remove.expired.transaction.cleanup.interval.ms", "1000"));
    init();
    trial.run(4_000);
    assertEquals("Empty", state());
    trial.run(3_000);
    assertEquals(Errors.TRANSACTIONAL_ID_NOT_FOUND.code(), describe().errorCode());
    trial.move();
    assertEquals(Errors.TRANSACTIONAL_ID_NOT_FOUND.code(), describe().errorCode());
    assertEquals(1, init().producerId(), "a new one");
  }

  @Test
  void transactionsAreListed() {
    init();
    add(0, 0, NEW_ADD, 1);
    ListTransactionsRequestData all = new ListTransactionsRequestData();
    assertEquals(1, list(all).transactionStates().size());
    assertEquals("Ongoing", list(all).transactionStates().get(0).transactionState());
    ListTransactionsRequestData none = all.duplicate().setStateFilters(List.of("Empty", "Odd"));
    assertEquals(0, list(none).transactionStates().size());
    assertEquals(List.of("Odd"), list(none).unknownStateFilters());
    assertEquals(
        0, list(all.duplicate().setTransactionalIdPattern("y.*")).transactionStates().size());
    assertEquals(
        Errors.INVALID_REGULAR_EXPRESSION.code(),
        list(all.duplicate().setTransactionalIdPattern("(")).errorCode());
  }

  private ListTransactionsResponseData list(ListTransactionsRequestData request) {
    return trial.send(request, 2, ListTransactionsResponseData.class).get();
  }

  // ---- failures

  /**
   * The coordinator is replaced after each number of records written: whatever the client was told,
   * all partitions get the same end, and a commit that was acknowledged is one.
   */
  @ParameterizedTest
  @CsvSource({"1,true", "1,false", "2,true", "2,false"})
  void aDecisionOutlivesItsCoordinator(int version, boolean commit) {
    for (int crashAt = 1; crashAt <= 6; crashAt++) {
      trial = new TransactionTrial(version, Map.of());
      boolean acknowledged = runWithCrash(version, commit, crashAt);
      trial.run(120_000);
      TreeSet<String> ends = new TreeSet<>();
      TreeSet<String> partitions = new TreeSet<>();
      for (String marker : trial.partitions.markers) {
        String[] words = marker.split(" ");
        ends.add(words[1]);
        partitions.add(words[2]);
      }
      assertTrue(ends.size() <= 1, "both ways: " + trial.partitions.markers);
      assertTrue(partitions.isEmpty() || partitions.size() == 2, "torn: " + partitions);
      if (acknowledged) {
        assertEquals(commit ? "commit" : "abort", ends.first());
        assertEquals(2, partitions.size());
      }
      assertNotEquals("Ongoing", state());
      assertNotEquals("PrepareCommit", state());
      assertNotEquals("PrepareAbort", state());
    }
  }

  /** True if the client was told that its transaction had ended as asked. */
  private boolean runWithCrash(int version, boolean commit, int crashAt) {
    trial.log.hold = true;
    int add = version < 2 ? OLD_ADD : NEW_ADD;
    trial.send(initRequest(), 6, InitProducerIdResponseData.class);
    if (crashed(crashAt)) {
      return false;
    }
    AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
    AddPartitionsToTxnTopic topic =
        new AddPartitionsToTxnTopic().setName("t").setPartitions(List.of(0, 1));
    AddPartitionsToTxnTransaction transaction =
        new AddPartitionsToTxnTransaction().setTransactionalId("x");
    transaction.topics().add(topic);
    if (version < 2) {
      request.setV3AndBelowTransactionalId("x").v3AndBelowTopics().add(topic.duplicate());
    } else {
      request.transactions().add(transaction);
    }
    trial.send(request, add, AddPartitionsToTxnResponseData.class);
    if (crashed(crashAt)) {
      return false;
    }
    AtomicReference<EndTxnResponseData> end = ending(0, 0, commit, version < 2 ? OLD_END : NEW_END);
    if (crashed(crashAt)) {
      return false;
    }
    boolean acknowledged = end.get() != null && end.get().errorCode() == Errors.NONE.code();
    crashed(crashAt);
    trial.log.release();
    return acknowledged;
  }

  /** Commits what was written, or has the coordinator die with it half way. */
  private boolean crashed(int crashAt) {
    if (trial.log.batches.size() >= crashAt) {
      trial.log.hold = false;
      trial.move();
      return true;
    }
    while (!trial.log.held.isEmpty()) {
      trial.log.held.poll().run();
    }
    return false;
  }

  /** TransactionStateManager.loadTransactionMetadata: what was read until then counts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x7f, 0x80, 0xff})
  void whateverIsInTheLogTheCoordinatorAnswers(int other) {
    init();
    int length = trial.log.batches.get(0).limit();
    for (int at = RecordBatchView.OVERHEAD_BYTES; at < length; at++) {
      trial = new TransactionTrial(2, Map.of());
      init();
      trial.log.batches.get(0).put(at, (byte) other);
      trial.move();
      Errors answer = Errors.forCode(init().errorCode());
      boolean another = answer == Errors.CONCURRENT_TRANSACTIONS; // it reads as in a transaction
      assertTrue(another || answer == Errors.NONE, "byte " + at + ": " + answer);
    }
  }
}
