package dev.trial.broker.replication;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.log.AbortedTransaction;
import dev.trial.broker.log.EpochEnd;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * One Fetch until it is answered: when enough bytes are there, when something is to be told (an
 * error, a divergence), or when its wait is over. Waiting reads nothing: sizes come from the index.
 */
final class FetchOperation implements Waiter {

  /** From this version on consumers know of preferred read replicas (KIP-392). */
  private static final short FETCH_FROM_FOLLOWER = 11;

  /** From this version on Fetch names topics by id (KIP-516). */
  private static final short TOPIC_IDS = 13;

  private final ReplicaContext context;
  private final Partitions partitions;
  private final FetchRequestData request;
  private final Responder responder;
  private final short version;
  private final int follower;
  private final Reader reader;
  private final boolean mayFollow;
  private final ReadReplicaSelector selector;
  private final List<Part> parts = new ArrayList<>();
  private boolean done;
  private Timers.Timer timeout;

  FetchOperation(
      ReplicaContext context,
      Partitions partitions,
      FetchRequestData request,
      short version,
      Responder responder) {
    this.context = context;
    this.partitions = partitions;
    this.request = request;
    this.version = version;
    this.responder = responder;
    // From version 15 the replica is named in a field of its own (KIP-903).
    this.follower = Math.max(request.replicaId(), request.replicaState().replicaId());
    this.reader = Reader.of(follower, request.isolationLevel());
    this.mayFollow = follower < 0 && version >= FETCH_FROM_FOLLOWER;
    this.selector = new ReadReplicaSelector(context, mayFollow ? request.rackId() : null);
  }

  void begin() {
    for (FetchTopic topic : request.topics()) {
      String name = partitions.topicName(topic.topic(), topic.topicId());
      for (FetchPartition asked : topic.partitions()) {
        parts.add(part(topic, name, asked));
      }
    }
    if (follower >= 0) {
      parts.forEach(this::noteFollower);
    }
    if (request.maxWaitMs() <= 0 || parts.isEmpty() || selector.mayRedirect() && elsewhere()) {
      finish();
      return;
    }
    if (!tryComplete()) {
      park();
    }
  }

  /** True if the reader is to be sent to another replica: it hears that at once. */
  private boolean elsewhere() {
    return parts.stream()
        .anyMatch(
            part -> {
              part.look();
              return part.error == Errors.NONE && preferred(part) != ReadReplicaSelector.LEADER;
            });
  }

  private int preferred(Part part) {
    return selector.select(part.partition, part.asked.fetchOffset());
  }

  private void park() {
    for (Part part : parts) {
      part.partition.waiters().add(this);
    }
    timeout = context.host.timers().after(request.maxWaitMs(), this::timedOut);
  }

  @Override
  public boolean tryComplete() {
    if (!done && worthAnswering()) {
      finish();
    }
    return done;
  }

  private void timedOut() {
    if (!done) {
      finish();
    }
  }

  private boolean worthAnswering() {
    long bytes = 0;
    for (Part part : parts) {
      if (!part.lookAgain()) {
        return true;
      }
      bytes += part.bytes;
    }
    return bytes >= request.minBytes();
  }

  private Part part(FetchTopic topic, String name, FetchPartition asked) {
    boolean unnamed = version >= TOPIC_IDS && topic.topicId().equals(Uuid.ZERO_UUID);
    if (name == null || unnamed) {
      return new Part(topic, null, asked, null, Errors.UNKNOWN_TOPIC_ID);
    }
    PartitionId id = new PartitionId(name, asked.partition());
    LocalPartition partition = partitions.get(id);
    Errors missing = partition == null ? partitions.missing(id) : Errors.NONE;
    boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
    if (partition != null && byId && !topic.topicId().equals(partition.topicId)) {
      missing = Errors.INCONSISTENT_TOPIC_ID; // the log is that of another topic of this name
    }
    return new Part(topic, id, asked, partition, missing);
  }

  private void noteFollower(Part part) {
    if (!part.look()) {
      return;
    }
    RemoteReplica remote = part.partition.remote(follower);
    long offset = part.asked.fetchOffset();
    boolean startMoved = remote.startsAt(part.asked.logStartOffset());
    part.fixed =
        part.partition.followerFetched(remote, offset, request.replicaState().replicaEpoch());
    if (startMoved) {
      part.partition.waiters().wake();
    }
  }

  private void finish() {
    done = true;
    if (timeout != null) {
      timeout.cancel();
      for (Part part : parts) {
        part.partition.waiters().remove(this);
      }
    }
    FetchResponseData response = new FetchResponseData();
    Budget budget = new Budget(request.maxBytes());
    FetchTopic topic = null;
    FetchableTopicResponse answers = null;
    for (Part part : parts) {
      if (part.topic != topic) {
        topic = part.topic;
        answers = new FetchableTopicResponse().setTopic(topic.topic()).setTopicId(topic.topicId());
        response.responses().add(answers);
      }
      answers.partitions().add(answer(part, budget, response));
    }
    responder.answer(response);
  }

  private PartitionData answer(Part part, Budget budget, FetchResponseData response) {
    PartitionData answer =
        new PartitionData()
            .setPartitionIndex(part.asked.partition())
            .setHighWatermark(-1)
            .setRecords(MemoryRecords.EMPTY);
    part.look();
    Errors error = part.error;
    if (error != Errors.NONE) {
      answer.setErrorCode(error.code());
      if (part.id != null
          && (error == Errors.NOT_LEADER_OR_FOLLOWER || error == Errors.FENCED_LEADER_EPOCH)) {
        CurrentLeaders.tell(context, part.id, answer, response, version);
      }
      return answer;
    }
    return found(part, budget, answer);
  }

  private PartitionData found(Part part, Budget budget, PartitionData answer) {
    LocalPartition partition = part.partition;
    answer
        .setHighWatermark(partition.log.highWatermark())
        .setLastStableOffset(partition.log.lastStableOffset())
        .setLogStartOffset(partition.log.startOffset());
    if (part.divergence != null) {
      answer
          .divergingEpoch()
          .setEpoch(part.divergence.leaderEpoch())
          .setEndOffset(part.divergence.endOffset());
      return answer;
    }
    int preferred = preferred(part);
    if (preferred != ReadReplicaSelector.LEADER) {
      return answer.setPreferredReadReplica(preferred);
    }
    int most = Math.min(part.asked.partitionMaxBytes(), budget.bytesLeft);
    long offset = part.asked.fetchOffset();
    ByteBuffer bytes = partition.log.read(offset, most, part.limit(), budget.nothingYet);
    budget.took(bytes.remaining());
    if (reader == Reader.COMMITTED) {
      answer.setAbortedTransactions(aborted(partition, offset, bytes));
    }
    return bytes.hasRemaining() ? answer.setRecords(MemoryRecords.readableRecords(bytes)) : answer;
  }

  /** Those whose records a reader of committed data must skip in these batches. */
  private List<FetchResponseData.AbortedTransaction> aborted(
      LocalPartition partition, long from, ByteBuffer bytes) {
    List<FetchResponseData.AbortedTransaction> aborted = new ArrayList<>();
    if (context.has(Defect.ABORTED_NOT_TOLD)) {
      return aborted;
    }
    for (AbortedTransaction one : partition.log.aborted(from, endOf(bytes, from))) {
      aborted.add(
          new FetchResponseData.AbortedTransaction()
              .setProducerId(one.producerId())
              .setFirstOffset(one.firstOffset()));
    }
    return aborted;
  }

  private static long endOf(ByteBuffer bytes, long from) {
    long end = from;
    RecordBatchView batch = new RecordBatchView(bytes);
    for (; batch.complete(); batch.advance()) {
      end = batch.lastOffset() + 1;
    }
    return end;
  }

  /** One partition of the request. */
  private final class Part {
    private final FetchTopic topic;
    private final PartitionId id;
    private final FetchPartition asked;
    private final LocalPartition partition;
    private Errors fixed;
    private Errors error = Errors.NONE;
    private EpochEnd divergence;
    private int lookedAt = -1;
    private long bytes;

    Part(
        FetchTopic topic,
        PartitionId id,
        FetchPartition asked,
        LocalPartition partition,
        Errors fixed) {
      this.topic = topic;
      this.id = id;
      this.asked = asked;
      this.partition = partition;
      this.fixed = fixed;
    }

    long limit() {
      return partition.readLimit(reader);
    }

    /**
     * As {@link #look}, where something may have changed: one of a thousand partitions wakes a
     * request, and the others are as they were.
     */
    boolean lookAgain() {
      int now = partition == null ? 0 : partition.changes();
      if (now == lookedAt) {
        return true;
      }
      if (!look()) {
        return false;
      }
      lookedAt = now;
      long available = partition.log.bytesBetween(asked.fetchOffset(), limit());
      bytes = Math.min(available, asked.partitionMaxBytes());
      return true;
    }

    /** Looks how things are now; false if there is an error or a divergence to tell. */
    boolean look() {
      divergence = null;
      error = fixed != Errors.NONE ? fixed : leadershipError();
      if (error == Errors.NONE) {
        error = rangeError();
      }
      return error == Errors.NONE && divergence == null;
    }

    private Errors leadershipError() {
      Errors leadership =
          mayFollow
              ? partition.checkReplica(asked.currentLeaderEpoch())
              : partition.checkLeader(asked.currentLeaderEpoch());
      if (leadership != Errors.NONE) {
        return leadership;
      }
      if (follower >= 0 && partition.remote(follower) == null) {
        // Its metadata may be newer than ours.
        return asked.currentLeaderEpoch() >= 0
            ? Errors.UNKNOWN_LEADER_EPOCH
            : Errors.NOT_LEADER_OR_FOLLOWER;
      }
      return Errors.NONE;
    }

    private Errors rangeError() {
      long offset = asked.fetchOffset();
      int lastEpoch = asked.lastFetchedEpoch();
      if (offset < partition.log.startOffset()) {
        return Errors.OFFSET_OUT_OF_RANGE;
      }
      if (lastEpoch >= 0) {
        if (partition.log.endOfEpoch(lastEpoch).undefined()) {
          return Errors.OFFSET_OUT_OF_RANGE;
        }
        divergence = partition.divergence(lastEpoch, offset);
      }
      boolean above = divergence == null && offset > partition.log.endOffset();
      return above ? Errors.OFFSET_OUT_OF_RANGE : Errors.NONE;
    }
  }

  /** Bytes left; the first partition with data may exceed it by one batch (KIP-74). */
  private static final class Budget {
    private int bytesLeft;
    private boolean nothingYet = true;

    Budget(int bytes) {
      this.bytesLeft = bytes;
    }

    void took(int bytes) {
      bytesLeft = Math.max(0, bytesLeft - bytes);
      nothingYet &= bytes == 0;
    }
  }
}
