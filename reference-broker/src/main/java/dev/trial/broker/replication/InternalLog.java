package dev.trial.broker.replication;

import dev.trial.broker.log.Origin;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** A replicated partition as a coordinator on this broker uses it (group and transaction state). */
public interface InternalLog {

  /** True while this broker leads the partition. */
  boolean leads(PartitionId partition);

  /** The leader epoch under which this broker leads; −1 if it does not. */
  int leaderEpoch(PartitionId partition);

  /**
   * Appends record batches as acks=all and answers once they are committed or certainly will not be
   * by this leader.
   *
   * @param batches one or more v2 batches; base offsets are assigned by the log
   */
  default void append(PartitionId partition, ByteBuffer batches, Consumer<Appended> done) {
    append(partition, batches, Origin.COORDINATOR, done);
  }

  /** As above, within or at the end of a transaction: then the producer's state is checked too. */
  void append(PartitionId partition, ByteBuffer batches, Origin origin, Consumer<Appended> done);

  /**
   * Makes sure that the transaction's coordinator knows of this partition (KIP-890).
   *
   * @param done told the origin to append with, or why there is none
   */
  void verify(
      PartitionId partition,
      TransactionalProducer producer,
      TransactionGate.Protocol protocol,
      Consumer<Verified> done);

  /**
   * Reads everything up to the log end at the time of the call, batch by batch, in order, as a new
   * coordinator does when it loads.
   */
  void replay(PartitionId partition, Consumer<ByteBuffer> batch);

  /** Tells when this broker starts or stops leading a partition of the topic. */
  void onLeadership(String topic, LeadershipListener listener);

  /** How an append ended; {@code error} NONE when it is committed at {@code baseOffset}. */
  record Appended(Errors error, long baseOffset) {}

  /** How a verification ended; {@code origin} only when {@code error} is NONE. */
  record Verified(Errors error, Origin origin) {}

  /** Told on the event loop, leaderEpoch −1 when it resigned. */
  @FunctionalInterface
  interface LeadershipListener {
    void leadership(PartitionId partition, int leaderEpoch);
  }
}
