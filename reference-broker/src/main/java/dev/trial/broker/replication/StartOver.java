package dev.trial.broker.replication;

import dev.trial.broker.wire.Peers;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a follower does whose fetch offset is out of its leader's range: if the leader's log ends
 * below its own (unclean election), it cuts to that end; if it begins above, it starts anew there.
 */
final class StartOver {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;

  private final ReplicaContext context;
  private final Peers peers;
  private final int leader;
  private final LocalPartition partition;
  private final int leaderEpoch;
  private Consumer<Boolean> done;

  StartOver(
      ReplicaContext context, Peers peers, int leader, LocalPartition partition, int leaderEpoch) {
    this.context = context;
    this.peers = peers;
    this.leader = leader;
    this.partition = partition;
    this.leaderEpoch = leaderEpoch;
  }

  /** Tells true when the log is in range and fetching may go on. */
  void begin(Consumer<Boolean> whenDone) {
    this.done = whenDone;
    ask(LATEST, this::leaderEnds);
  }

  private void leaderEnds(long end) {
    if (end < partition.log.endOffset()) {
      partition.log.truncateTo(end);
      done.accept(true);
    } else {
      ask(EARLIEST, this::leaderBegins);
    }
  }

  private void leaderBegins(long start) {
    if (start > partition.log.endOffset()) {
      partition.log.restartAt(start);
    }
    done.accept(true);
  }

  private void ask(long timestamp, LongConsumer then) {
    ListOffsetsRequestData request =
        new ListOffsetsRequestData()
            .setReplicaId(context.brokerId)
            .setTopics(
                List.of(
                    new ListOffsetsTopic()
                        .setName(partition.id.topic())
                        .setPartitions(
                            List.of(
                                new ListOffsetsPartition()
                                    .setPartitionIndex(partition.id.partition())
                                    .setCurrentLeaderEpoch(leaderEpoch)
                                    .setTimestamp(timestamp)))));
    peers.call(leader, request, context.settings.replicaSocketTimeoutMs(), new Answer(then));
  }

  private final class Answer implements Peers.Reply {
    private final LongConsumer then;

    Answer(LongConsumer then) {
      this.then = then;
    }

    @Override
    public void answered(ApiMessage response) {
      ListOffsetsPartitionResponse answer =
          ((ListOffsetsResponseData) response).topics().get(0).partitions().get(0);
      boolean stale = partition.leaderEpoch() != leaderEpoch || partition.leading();
      if (stale || answer.errorCode() != Errors.NONE.code()) {
        done.accept(false);
      } else {
        then.accept(answer.offset());
      }
    }

    @Override
    public void failed(String why) {
      done.accept(false);
    }
  }
}
