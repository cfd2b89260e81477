package dev.trial.broker.replication;

import dev.trial.core.history.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** Asks a transaction's coordinator before the first write of it to a partition (KIP-890). */
public interface TransactionGate {

  /** A broker without transactions. */
  TransactionGate CLOSED =
      (producer, partitions, protocol, refused) -> {
        Map<PartitionId, Errors> all = new TreeMap<>();
        partitions.forEach(partition -> all.put(partition, Errors.COORDINATOR_NOT_AVAILABLE));
        refused.accept(all);
      };

  /**
   * @param refused told the partitions that may not be written to, and why; all others may
   */
  void ask(
      TransactionalProducer producer,
      List<PartitionId> partitions,
      Protocol protocol,
      Consumer<Map<PartitionId, Errors>> refused);

  /** What the client understands, by the version of its request. */
  enum Protocol {
    /** To Produce v10 and TxnOffsetCommit v3: TRANSACTION_ABORTABLE becomes INVALID_TXN_STATE. */
    VERIFY,
    /** Produce v11 and TxnOffsetCommit v4: knows TRANSACTION_ABORTABLE. */
    VERIFY_ABORTABLE,
    /** From Produce v12 and TxnOffsetCommit v5: the partition is added to the transaction. */
    ADD;

    private static final short PRODUCE_ABORTABLE = 11;
    private static final short COMMIT_ABORTABLE = 4;

    /** Of a Produce request. */
    public static Protocol ofProduce(short version) {
      return since(version - PRODUCE_ABORTABLE);
    }

    /** Of a TxnOffsetCommit request. */
    public static Protocol ofOffsetCommit(short version) {
      return since(version - COMMIT_ABORTABLE);
    }

    private static Protocol since(int versionsAfterAbortable) {
      if (versionsAfterAbortable > 0) {
        return ADD;
      }
      return versionsAfterAbortable == 0 ? VERIFY_ABORTABLE : VERIFY;
    }
  }
}
