package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.log.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Offsets of which a disk gave back other bytes: their group has no coordinator, or another log.
 */
class UnreadableStateTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x7f, 0x80, 0xff})
  void whateverTheBytesAreTheCoordinatorAnswers(int other) {
    int refused = 0;
    for (int at = RecordBatchView.OVERHEAD_BYTES; at < written().limit(); at++) {
      GroupTrial trial = new GroupTrial();
      trial.advance(0);
      assertEquals(Errors.NONE, commit(trial));
      trial.log.batches.get(0).put(at, (byte) other);
      trial.moveCoordinator();
      trial.advance(0);
      Errors answer = commit(trial);
      assertTrue(answer == Errors.NONE || answer == Errors.NOT_COORDINATOR, at + ": " + answer);
      refused += answer == Errors.NOT_COORDINATOR ? 1 : 0;
    }
    assertTrue(refused > 0, "all could be read");
  }

  @Test
  void whatCanBeReadIsServed() {
    GroupTrial trial = new GroupTrial();
    trial.advance(0);
    assertEquals(Errors.NONE, commit(trial));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(Errors.NONE, commit(trial));
  }

  private static ByteBuffer written() {
    GroupTrial trial = new GroupTrial();
    trial.advance(0);
    commit(trial);
    return trial.log.batches.get(0);
  }

  private static Errors commit(GroupTrial trial) {
    OffsetCommitRequestTopic topic =
        new OffsetCommitRequestTopic()
            .setName("t")
            .setTopicId(GroupTrial.TOPIC_ID)
            .setPartitions(List.of(new OffsetCommitRequestPartition().setCommittedOffset(7)));
    OffsetCommitRequestData request =
        new OffsetCommitRequestData().setGroupId("g").setTopics(List.of(topic));
    OffsetCommitResponseData answer = trial.ask(request, OffsetCommitResponseData.class);
    return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode());
  }
}
