package dev.trial.broker.quorum;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.BeginQuorumEpochRequestData;
import org.apache.kafka.common.message.BeginQuorumEpochResponseData;
import org.apache.kafka.common.message.EndQuorumEpochRequestData;
import org.apache.kafka.common.message.EndQuorumEpochResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.VoteRequestData;
import org.apache.kafka.common.message.VoteResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** The messages of the quorum about its one partition, in Kafka's schemas. */
public final class QuorumMessages {
  static final String TOPIC = "__cluster_metadata";

  /** The one partition of the metadata log. */
  static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private static final Uuid TOPIC_ID = Uuid.METADATA_TOPIC_ID;
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private QuorumMessages() {}

  static VoteRequestData vote(
      int voter, int candidate, int epoch, int lastEpoch, long endOffset, boolean preVote) {
    VoteRequestData.PartitionData partition =
        new VoteRequestData.PartitionData()
            .setPartitionIndex(0)
            .setReplicaEpoch(epoch)
            .setReplicaId(candidate)
            .setLastOffsetEpoch(lastEpoch)
            .setLastOffset(endOffset)
            .setPreVote(preVote);
    return new VoteRequestData()
        .setVoterId(voter)
        .setTopics(
            List.of(
                new VoteRequestData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(List.of(partition))));
  }

  static VoteResponseData voted(Errors error, int epoch, int leader, boolean granted) {
    VoteResponseData.PartitionData partition =
        new VoteResponseData.PartitionData()
            .setPartitionIndex(0)
            .setErrorCode(error.code())
            .setLeaderEpoch(epoch)
            .setLeaderId(leader)
            .setVoteGranted(granted);
    return new VoteResponseData()
        .setTopics(
            List.of(
                new VoteResponseData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(List.of(partition))));
  }

  static BeginQuorumEpochRequestData begin(int voter, int leader, int epoch) {
    return new BeginQuorumEpochRequestData()
        .setVoterId(voter)
        .setTopics(
            List.of(
                new BeginQuorumEpochRequestData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(
                        List.of(
                            new BeginQuorumEpochRequestData.PartitionData()
                                .setPartitionIndex(0)
                                .setLeaderId(leader)
                                .setLeaderEpoch(epoch)))));
  }

  static BeginQuorumEpochResponseData begun(Errors error, int epoch, int leader) {
    return new BeginQuorumEpochResponseData()
        .setTopics(
            List.of(
                new BeginQuorumEpochResponseData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(
                        List.of(
                            new BeginQuorumEpochResponseData.PartitionData()
                                .setPartitionIndex(0)
                                .setErrorCode(error.code())
                                .setLeaderEpoch(epoch)
                                .setLeaderId(leader)))));
  }

  static EndQuorumEpochRequestData end(int leader, int epoch, List<Integer> successors) {
    return new EndQuorumEpochRequestData()
        .setTopics(
            List.of(
                new EndQuorumEpochRequestData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(
                        List.of(
                            new EndQuorumEpochRequestData.PartitionData()
                                .setPartitionIndex(0)
                                .setLeaderId(leader)
                                .setLeaderEpoch(epoch)
                                .setPreferredCandidates(
                                    successors.stream()
                                        .map(
                                            id ->
                                                new EndQuorumEpochRequestData.ReplicaInfo()
                                                    .setCandidateId(id))
                                        .toList())
                                .setPreferredSuccessors(successors)))));
  }

  static EndQuorumEpochResponseData ended(Errors error, int epoch, int leader) {
    return new EndQuorumEpochResponseData()
        .setTopics(
            List.of(
                new EndQuorumEpochResponseData.TopicData()
                    .setTopicName(TOPIC)
                    .setPartitions(
                        List.of(
                            new EndQuorumEpochResponseData.PartitionData()
                                .setPartitionIndex(0)
                                .setErrorCode(error.code())
                                .setLeaderEpoch(epoch)
                                .setLeaderId(leader)))));
  }

  /**
   * A fetch of the log's next entries, of a voter or of a broker as an observer.
   *
   * @param leaderEpoch −1 when the sender does not know it
   * @param highWatermark the sender's, so that a newer one is told at once (KIP-1166)
   */
  public static FetchRequestData fetch(
      int replica, int leaderEpoch, MetadataLog log, long highWatermark, int maxWaitMs) {
    FetchRequestData.FetchPartition partition =
        new FetchRequestData.FetchPartition()
            .setPartition(0)
            .setCurrentLeaderEpoch(leaderEpoch)
            .setFetchOffset(log.endOffset())
            .setLastFetchedEpoch(log.lastEpoch())
            .setPartitionMaxBytes(MAX_BYTES)
            .setHighWatermark(highWatermark);
    return new FetchRequestData()
        .setMaxWaitMs(maxWaitMs)
        .setMinBytes(0)
        .setMaxBytes(MAX_BYTES)
        .setReplicaState(new FetchRequestData.ReplicaState().setReplicaId(replica))
        .setTopics(
            List.of(
                new FetchRequestData.FetchTopic()
                    .setTopic(TOPIC)
                    .setTopicId(TOPIC_ID)
                    .setPartitions(List.of(partition))));
  }

  static FetchResponseData.PartitionData fetched(Errors error, int epoch, int leader, long mark) {
    return new FetchResponseData.PartitionData()
        .setPartitionIndex(0)
        .setErrorCode(error.code())
        .setHighWatermark(mark)
        .setRecords(MemoryRecords.EMPTY)
        .setCurrentLeader(
            new FetchResponseData.LeaderIdAndEpoch().setLeaderId(leader).setLeaderEpoch(epoch));
  }

  static FetchResponseData fetchResponse(FetchResponseData.PartitionData partition) {
    return new FetchResponseData()
        .setResponses(
            List.of(
                new FetchResponseData.FetchableTopicResponse()
                    .setTopic(TOPIC)
                    .setTopicId(TOPIC_ID)
                    .setPartitions(List.of(partition))));
  }

  /** The entries of a fetch response, framed as in {@link MetadataLog}. */
  public static ByteBuffer entries(FetchResponseData.PartitionData partition) {
    return partition.records() instanceof MemoryRecords records
        ? records.buffer()
        : ByteBuffer.allocate(0);
  }

  /** The one partition of a fetch response. */
  public static FetchResponseData.PartitionData partition(FetchResponseData response) {
    return response.responses().get(0).partitions().get(0);
  }
}
