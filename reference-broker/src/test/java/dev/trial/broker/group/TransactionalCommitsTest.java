package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets committed in transactions: when they count, and whose are refused. */
class TransactionalCommitsTest {
  private static final long UNSTABLE = -2;
  private final GroupTrial trial = new GroupTrial();

  @BeforeEach
  void load() {
    trial.advance(0);
  }

  private TxnOffsetCommitRequestData request(long producer, long offset) {
    return new TxnOffsetCommitRequestData()
        .setTransactionalId("t" + producer)
        .setGroupId("g")
        .setProducerId(producer)
        .setTopics(
            List.of(
                new TxnOffsetCommitRequestTopic()
                    .setName("t")
                    .setPartitions(
                        List.of(
                            new TxnOffsetCommitRequestPartition().setCommittedOffset(offset)))));
  }

  private Errors send(TxnOffsetCommitRequestData request, int version) {
    TxnOffsetCommitResponseData response =
        trial.send(request, version, TxnOffsetCommitResponseData.class).get();
    return Errors.forCode(response.topics().get(0).partitions().get(0).errorCode());
  }

  private Errors commit(long producer, long offset) {
    return send(request(producer, offset), 5);
  }

  private void plain(long offset) {
    OffsetCommitRequestData request =
        new OffsetCommitRequestData()
            .setGroupId("g")
            .setTopics(
                List.of(
                    new OffsetCommitRequestTopic()
                        .setName("t")
                        .setTopicId(GroupTrial.TOPIC_ID)
                        .setPartitions(
                            List.of(
                                new OffsetCommitRequestPartition().setCommittedOffset(offset)))));
    OffsetCommitResponseData response = trial.ask(request, OffsetCommitResponseData.class);
    assertEquals(0, response.topics().get(0).partitions().get(0).errorCode());
  }

  /** −1 for none, {@link #UNSTABLE} while a transaction may change it. */
  private long fetch(boolean stable) {
    OffsetFetchRequestData request =
        new OffsetFetchRequestData()
            .setRequireStable(stable)
            .setGroups(
                List.of(
                    new OffsetFetchRequestGroup()
                        .setGroupId("g")
                        .setTopics(
                            List.of(
                                new OffsetFetchRequestTopics()
                                    .setName("t")
                                    .setTopicId(GroupTrial.TOPIC_ID)
                                    .setPartitionIndexes(List.of(0))))));
    OffsetFetchResponsePartitions told =
        trial
            .ask(request, OffsetFetchResponseData.class)
            .groups()
            .get(0)
            .topics()
            .get(0)
            .partitions()
            .get(0);
    boolean unstable = told.errorCode() == Errors.UNSTABLE_OFFSET_COMMIT.code();
    return unstable ? UNSTABLE : told.committedOffset();
  }

  @Test
  void countsWhenTheTransactionCommits() {
    plain(3);
    assertEquals(Errors.NONE, commit(1, 10));
    assertEquals(3, fetch(false));
    assertEquals(UNSTABLE, fetch(true));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(3, fetch(false));
    assertEquals(UNSTABLE, fetch(true));
    assertEquals(Errors.NONE, trial.endTransaction(1, true));
    assertEquals(10, fetch(true));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(10, fetch(true));
  }

  @Test
  void isDroppedWhenItAborts() {
    plain(3);
    commit(1, 10);
    trial.endTransaction(1, false);
    assertEquals(3, fetch(true));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(3, fetch(true));
  }

  @Test
  void theLastInTheLogCountsWhoeverEndsLast() {
    commit(1, 10);
    commit(2, 20);
    trial.endTransaction(2, true);
    assertEquals(UNSTABLE, fetch(true));
    trial.endTransaction(1, true);
    assertEquals(20, fetch(true));
    commit(1, 30);
    plain(25);
    trial.endTransaction(1, true);
    assertEquals(25, fetch(true));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(25, fetch(true));
  }

  @Test
  void nothingChangesBeforeTheMarkerIsCommitted() {
    commit(1, 10);
    trial.log.hold = true;
    trial.endTransaction(1, true);
    assertEquals(-1, fetch(false));
    trial.log.release();
    assertEquals(10, fetch(true));
  }

  @Test
  void aMarkerWaitsForTheCoordinatorToLoad() {
    commit(1, 10);
    trial.moveCoordinator();
    assertEquals(Errors.NOT_LEADER_OR_FOLLOWER, trial.endTransaction(1, true));
    trial.advance(0);
    assertEquals(Errors.NONE, trial.endTransaction(1, true));
    assertEquals(10, fetch(true));
  }

  @Test
  void aReplacedMemberIsFenced() {
    JoinGroupResponseData joined = join("");
    joined = join(joined.memberId());
    TxnOffsetCommitRequestData own =
        request(1, 5).setMemberId(joined.memberId()).setGenerationId(joined.generationId());
    assertEquals(Errors.NONE, send(own, 5), "even while the group is rebalancing");
    assertEquals(
        Errors.ILLEGAL_GENERATION,
        send(own.duplicate().setGenerationId(joined.generationId() - 1), 5));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, send(own.duplicate().setMemberId("other"), 5));
    assertEquals(Errors.NONE, commit(1, 6), "a producer that says nothing of its group");
  }

  private JoinGroupResponseData join(String member) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId("g")
            .setMemberId(member)
            .setProtocolType("consumer")
            .setSessionTimeoutMs(10_000)
            .setRebalanceTimeoutMs(30_000);
    request
        .protocols()
        .add(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[0]));
    return trial.ask(request, JoinGroupResponseData.class);
  }

  @Test
  void anUnknownGroupHasNoGeneration() {
    assertEquals(Errors.ILLEGAL_GENERATION, send(request(1, 5).setGenerationId(0), 5));
  }

  @Test
  void whatTheTransactionCoordinatorSaysIsToldAsClientsKnowIt() {
    trial.log.verification = Errors.NETWORK_EXCEPTION;
    assertEquals(Errors.COORDINATOR_LOAD_IN_PROGRESS, commit(1, 5));
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE, send(request(1, 5), 1));
    trial.log.verification = Errors.NOT_LEADER_OR_FOLLOWER;
    assertEquals(Errors.NOT_COORDINATOR, commit(1, 5));
    trial.log.verification = Errors.INVALID_PRODUCER_EPOCH;
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, commit(1, 5));
  }
}
