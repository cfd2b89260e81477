package dev.trial.core.history;

import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Committed;
import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Lookup;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Action.Subscribe;

/** Makes the action that the gathered fields of a line describe. */
final class ActionFields {

  private ActionFields() {}

  /** Throws {@link IllegalArgumentException} if a field is missing or wrong. */
  static Action action(OperationFields fields) {
    String name = present("f", fields.text("f"));
    return switch (name) {
      case "send" -> send(fields);
      case "poll" -> new Poll(fields.records, fields.text("error"));
      case "process" ->
          new Process(partition(fields), fields.offset, fields.value, fields.text("key"));
      case "flush",
          "init-transactions",
          "begin-transaction",
          "commit-transaction",
          "abort-transaction" ->
          new Producing(
              Constants.of(Producing.Call.class, name),
              fields.text("transactional_id"),
              fields.text("error"));
      case "commit" ->
          new Commit(
              text(fields, "group"),
              constant(fields, "mode", Commit.Mode.class),
              fields.offsets("offsets"),
              fields.text("error"));
      case "committed" ->
          new Committed(text(fields, "group"), fields.offsets("offsets"), fields.text("error"));
      case "described" ->
          new Described(
              text(fields, "group"),
              fields.text("type"),
              fields.text("state"),
              fields.classicMembers,
              fields.consumerMembers,
              fields.text("error"));
      case "subscribe" -> new Subscribe(fields.text("group"), fields.topics, fields.partitions);
      case "rebalance" ->
          new Rebalance(
              text(fields, "group"),
              constant(fields, "change", Rebalance.Change.class),
              fields.partitions,
              fields.generation,
              fields.text("member"));
      case "seek" -> new Seek(partition(fields), fields.offset, fields.text("to"));
      case "ends" ->
          new Ends(fields.offsets("starts"), fields.offsets("ends"), fields.text("error"));
      case "lookup" ->
          new Lookup(
              partition(fields),
              fields.askedMs,
              fields.offset,
              fields.timestampMs,
              fields.text("error"));
      case "stamps" ->
          new Stamps(
              partition(fields),
              constant(fields, "source", Stamps.Source.class),
              fields.byLog,
              fields.stamps);
      case "close" -> new Close(fields.text("error"));
      default -> processOrHarness(fields, name);
    };
  }

  private static Action processOrHarness(OperationFields fields, String name) {
    return switch (name) {
      case "start" ->
          new Start(
              text(fields, "client"),
              fields.incarnation,
              constant(fields, "kind", Start.Kind.class),
              fields.settings);
      case "end" -> new End(constant(fields, "how", End.How.class), fields.text("error"));
      case "phase" -> new Phase(constant(fields, "phase", Phase.Name.class));
      case "fault" ->
          new Nemesis(
              present("fault", fields.fault),
              fields.hit,
              constant(fields, "edge", Nemesis.Edge.class),
              fields.text("error"));
      case "leadership" ->
          new Leadership(
              partition(fields),
              fields.leader,
              fields.epoch,
              fields.isr,
              constant(fields, "election", Leadership.Election.class));
      case "node" -> new Node(text(fields, "node"), constant(fields, "change", Node.Change.class));
      case "replica-log" -> replicaLog(fields);
      case "oracle" ->
          new Oracle(text(fields, "oracle"), fields.text("party"), fields.text("detail"));
      case "note" -> new Note(fields.text("text"));
      default -> throw new IllegalArgumentException("no action is called \"" + name + "\"");
    };
  }

  private static Send send(OperationFields fields) {
    if (fields.partition != -1) {
      counted(fields.partition);
    }
    return new Send(
        fields.value,
        fields.text("key"),
        text(fields, "topic"),
        fields.partition,
        fields.offset,
        fields.text("error"),
        fields.tombstone);
  }

  private static ReplicaLog replicaLog(OperationFields fields) {
    return new ReplicaLog(
        partition(fields),
        fields.broker,
        fields.inSync,
        fields.logStart,
        fields.highWatermark,
        fields.logEnd,
        fields.epochs,
        fields.log);
  }

  private static PartitionId partition(OperationFields fields) {
    return new PartitionId(text(fields, "topic"), counted(fields.partition));
  }

  /** The number of a partition: they are counted from 0. */
  private static int counted(int partition) {
    if (partition < 0) {
      throw new IllegalArgumentException("no partition has the number " + partition);
    }
    return partition;
  }

  private static <E extends Enum<E>> E constant(
      OperationFields fields, String name, Class<E> type) {
    return Constants.of(type, present(name, fields.text(name)));
  }

  /** A text that the action cannot do without. */
  private static String text(OperationFields fields, String name) {
    return present(name, fields.text(name));
  }

  static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("the operation has no \"" + name + "\"");
    }
    return value;
  }
}
