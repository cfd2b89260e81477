package dev.trial.broker.replication;

import dev.trial.broker.replication.InternalLog.Appended;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** A coordinator's append that waits for its commit; it has no time limit of its own. */
final class InternalAppend implements Waiter {
  private final LocalPartition partition;
  private final long baseOffset;
  private final long requiredOffset;
  private final Consumer<Appended> told;
  private boolean done;

  InternalAppend(
      LocalPartition partition, long baseOffset, long requiredOffset, Consumer<Appended> told) {
    this.partition = partition;
    this.baseOffset = baseOffset;
    this.requiredOffset = requiredOffset;
    this.told = told;
  }

  @Override
  public boolean tryComplete() {
    if (done) {
      return true;
    }
    Errors outcome = partition.committed(requiredOffset);
    if (outcome != null) {
      done = true;
      told.accept(new Appended(outcome, outcome == Errors.NONE ? baseOffset : -1));
    }
    return done;
  }
}
