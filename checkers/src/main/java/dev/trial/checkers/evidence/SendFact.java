package dev.trial.checkers.evidence;

import dev.trial.core.history.Stage;

/** One send: from {@code send()} to its callback, if that came. */
public final class SendFact {

  /** How the transaction around a send ended. */
  public enum Transaction {
    /** The send was in no transaction. */
    NONE,
    COMMITTED,
    ABORTED,
    /** Neither commit nor abort was called: nobody may see it. */
    ABANDONED,
    /** Commit was called and its outcome is unknown. */
    UNKNOWN
  }

  final long value;
  final String key;
  final int process;
  final long invoked;
  final long invokedNs;
  final String topic;
  final boolean partitionGiven;
  boolean tombstone;
  int partition;
  long completed = -1;
  long completedNs = -1;
  int completions;
  long extraCompletion = -1;
  Stage outcome;
  long offset = -1;
  String error;
  Transaction transaction = Transaction.NONE;
  int transactionNumber = -1;
  SendFact again;

  SendFact(
      long value,
      String key,
      String topic,
      int partition,
      int process,
      long invoked,
      long invokedNs) {
    this.topic = topic;
    this.partitionGiven = partition >= 0;
    this.value = value;
    this.key = key;
    this.partition = partition;
    this.process = process;
    this.invoked = invoked;
    this.invokedNs = invokedNs;
  }

  public long value() {
    return value;
  }

  public String key() {
    return key;
  }

  public String topic() {
    return topic;
  }

  /** True if it has no value, which deletes the key from a compacted topic. */
  public boolean tombstone() {
    return tombstone;
  }

  /** True if the application named the partition and asked no partitioner. */
  public boolean partitionGiven() {
    return partitionGiven;
  }

  /** Number of the partition in {@link Evidence#log}; −1 while nobody knows. */
  public int partition() {
    return partition;
  }

  public int process() {
    return process;
  }

  /** Index of the invocation. */
  public long invoked() {
    return invoked;
  }

  public long invokedNs() {
    return invokedNs;
  }

  /** Index of the first completion, −1 if none came. */
  public long completed() {
    return completed;
  }

  public long completedNs() {
    return completedNs;
  }

  /** How often the callback came. */
  public int completions() {
    return completions;
  }

  /** Index of the second completion, −1 if there was none. */
  public long extraCompletion() {
    return extraCompletion;
  }

  /** How it ended, {@link Stage#INFO} if it did not. */
  public Stage outcome() {
    return outcome == null ? Stage.INFO : outcome;
  }

  /** The offset it was acknowledged at, −1 if unknown. */
  public long offset() {
    return offset;
  }

  public String error() {
    return error;
  }

  /** True if the client was told that it is stored (with acks=0: that it is gone). */
  public boolean acknowledged() {
    return outcome == Stage.OK;
  }

  public Transaction transaction() {
    return transaction;
  }

  /** True if a reader of committed data must see it once it is in the log. */
  public boolean visibleToAll() {
    return transaction == Transaction.NONE || transaction == Transaction.COMMITTED;
  }

  /** Number of that transaction in the history, −1 for none. */
  public int transactionNumber() {
    return transactionNumber;
  }

  /** The next send of the same value by the application, null if there is none. */
  public SendFact again() {
    return again;
  }
}
