package dev.trial.broker.quorum;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.BeginQuorumEpochRequestData;
import org.apache.kafka.common.message.EndQuorumEpochRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.VoteRequestData;

/**
 * Whether a request is about the quorum's one partition and nothing else; others are answered
 * INVALID_REQUEST (KafkaRaftClient, RaftUtil.hasValidTopicPartition in 4.3.1).
 */
final class QuorumRequests {
  private static final int PARTITION = 0;

  private QuorumRequests() {}

  static boolean valid(VoteRequestData request) {
    return request.topics().size() == 1
        && request.topics().get(0).topicName().equals(QuorumMessages.TOPIC)
        && request.topics().get(0).partitions().size() == 1
        && request.topics().get(0).partitions().get(0).partitionIndex() == PARTITION;
  }

  static boolean valid(BeginQuorumEpochRequestData request) {
    return request.topics().size() == 1
        && request.topics().get(0).topicName().equals(QuorumMessages.TOPIC)
        && request.topics().get(0).partitions().size() == 1
        && request.topics().get(0).partitions().get(0).partitionIndex() == PARTITION;
  }

  static boolean valid(EndQuorumEpochRequestData request) {
    return request.topics().size() == 1
        && request.topics().get(0).topicName().equals(QuorumMessages.TOPIC)
        && request.topics().get(0).partitions().size() == 1
        && request.topics().get(0).partitions().get(0).partitionIndex() == PARTITION;
  }

  /** By the topic's id alone, so that versions that only know its name are refused too. */
  static boolean valid(FetchRequestData request) {
    return request.topics().size() == 1
        && request.topics().get(0).topicId().equals(Uuid.METADATA_TOPIC_ID)
        && request.topics().get(0).partitions().size() == 1
        && request.topics().get(0).partitions().get(0).partition() == PARTITION;
  }
}
