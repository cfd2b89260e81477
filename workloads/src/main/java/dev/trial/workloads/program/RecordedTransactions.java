package dev.trial.workloads.program;

import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientContext;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** A producer's transaction calls, written down with how each ended. */
final class RecordedTransactions {
  private final ClientContext context;
  private final Producer<String, byte[]> producer;
  private final String transactionalId;

  RecordedTransactions(
      ClientContext context, Producer<String, byte[]> producer, String transactionalId) {
    this.context = context;
    this.producer = producer;
    this.transactionalId = transactionalId;
  }

  /** initTransactions(); null, or the error. */
  RuntimeException init() {
    return call(Call.INIT_TRANSACTIONS, producer::initTransactions);
  }

  RuntimeException begin() {
    return call(Call.BEGIN_TRANSACTION, producer::beginTransaction);
  }

  RuntimeException commit() {
    return call(Call.COMMIT_TRANSACTION, producer::commitTransaction);
  }

  RuntimeException abort() {
    return call(Call.ABORT_TRANSACTION, producer::abortTransaction);
  }

  /** sendOffsetsToTransaction(): the next offsets to read become valid with the transaction. */
  RuntimeException sendOffsets(Map<PartitionId, Long> offsets, RecordedConsumer consumer) {
    try {
      producer.sendOffsetsToTransaction(consumer.kafkaOffsets(offsets), consumer.groupMetadata());
      return null;
    } catch (RuntimeException error) {
      return error; // what came of it, the end of the transaction tells
    }
  }

  /** An error of these calls says little: a commit that failed may be durable. */
  private RuntimeException call(Call call, Runnable action) {
    int process = context.process();
    long invocation =
        context.recorder().invoke(process, new Producing(call, transactionalId, null));
    RuntimeException error = null;
    try {
      action.run();
    } catch (RuntimeException thrown) {
      error = thrown;
    }
    context
        .recorder()
        .complete(
            process,
            invocation,
            error == null ? Stage.OK : Stage.INFO,
            new Producing(call, transactionalId, Errors.text(error)));
    return error;
  }
}
