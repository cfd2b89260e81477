package dev.trial.checkers.jepsen;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.jepsen.ExportedTransactions.Unit;
import dev.trial.checkers.jepsen.KafkaHistory.Function;
import dev.trial.checkers.jepsen.KafkaHistory.Type;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Subscribe;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a history of ours as Jepsen's Kafka workload would have written it, for that workload's
 * checker and for {@link KafkaHistoryReader}.
 *
 * <ul>
 *   <li>A partition is a key; {@link #keys} says which.
 *   <li>A send is an operation; the sends of a transaction are one, which ends as the transaction
 *       did. A transaction nobody tried to commit failed.
 *   <li>A poll is an operation. Where partitions came, went or were sought, an assign before the
 *       poll names the keys whose positions still stand, and the poll has a rebalance log.
 *   <li>What the final reader was told of the ends of logs is {@code :f :ends}, told by a process
 *       that is no client.
 * </ul>
 */
public final class KafkaExport {
  private static final Rules RULES = new Rules(-1, 1, Set.of(), Map.of(), Set.of(), Vacuity.NEVER);

  private final Evidence evidence;
  private final EdnLines lines;
  private final Lanes lanes = new Lanes();
  private final ExportedTransactions transactions;
  private final Map<PartitionId, Integer> keys = new TreeMap<>();

  /** Where a value was read, for sends of which nobody learned the partition. */
  private final Long2IntOpenHashMap partitionRead = new Long2IntOpenHashMap();

  private final Map<Long, Integer> laneOfSend = new TreeMap<>();
  private final Map<Long, SendFact> sendByInvocation = new java.util.HashMap<>();
  private final Map<Long, Set<Integer>> movedInPoll = new java.util.HashMap<>();
  private final Map<Integer, Consumer> consumers = new TreeMap<>();

  /** A client that polls. */
  private static final class Consumer {
    private final int lane;
    private final Set<Integer> standing = new TreeSet<>();
    private boolean polling;

    Consumer(int lane) {
      this.lane = lane;
    }
  }

  private KafkaExport(History history, Appendable out) {
    this.evidence = Evidence.of(history, RULES);
    this.lines = new EdnLines(out);
    this.transactions = new ExportedTransactions(evidence);
    evidence.logs().forEach(log -> keys.put(log.id(), 0));
    int next = 0;
    for (Map.Entry<PartitionId, Integer> each : keys.entrySet()) {
      each.setValue(next++);
    }
    partitionRead.defaultReturnValue(-1);
    for (int row = 0; row < evidence.deliveries().size(); row++) {
      partitionRead.putIfAbsent(
          evidence.deliveries().value(row), evidence.deliveries().partition(row));
    }
    evidence.sends().forEach(send -> sendByInvocation.put(send.invoked(), send));
  }

  /** Writes it; returns the partition that each key stands for. */
  public static List<PartitionId> write(History history, Appendable out) throws IOException {
    KafkaExport export = new KafkaExport(history, out);
    export.findMoves();
    for (Operation each : history.operations()) {
      export.operation(each);
    }
    export.leaveOpen();
    return List.copyOf(export.keys.keySet());
  }

  private void operation(Operation operation) throws IOException {
    if (operation.action() instanceof Send) {
      send(operation);
    } else if (operation.action() instanceof Poll poll) {
      poll(operation, poll);
    } else if (operation.action() instanceof Ends ends && operation.stage() != Stage.INVOKE) {
      ends(operation, ends);
    } else {
      Unit ended = transactions.ending(operation.index());
      if (ended != null) {
        endTransaction(ended, operation.timeNs());
      }
      if (!moved(operation).isEmpty() && !consumer(operation).polling) {
        forget(operation, consumer(operation), moved(operation));
      }
    }
  }

  // ---- sends

  private void send(Operation operation) throws IOException {
    if (operation.stage() == Stage.INVOKE) {
      invokeSend(operation);
    } else {
      SendFact send = sendByInvocation.get(operation.invocation());
      Integer lane = laneOfSend.remove(operation.invocation());
      if (send != null && lane != null) {
        completeSend(send, lane, operation.timeNs());
      }
    }
  }

  private void invokeSend(Operation operation) throws IOException {
    Unit unit = transactions.beginning(operation.index());
    SendFact send = sendByInvocation.get(operation.index());
    if (unit != null) {
      unit.lane = lanes.take(unit.client());
      client(operation.timeNs(), unit.lane, Type.INVOKE, Function.TXN, micros(unit, false));
    } else if (send.transactionNumber() < 0 && partition(send) >= 0) {
      int lane = lanes.take(operation.process());
      laneOfSend.put(operation.index(), lane);
      client(operation.timeNs(), lane, Type.INVOKE, Function.SEND, "[" + micro(send, false) + "]");
    }
  }

  private void completeSend(SendFact send, int lane, long timeNs) throws IOException {
    Type type = type(send.outcome());
    String error = send.error() == null ? "" : ", :error " + EdnLines.string(send.error());
    lines.client(timeNs, lane, type, Function.SEND, "[" + micro(send, true) + "]", error);
    if (type != Type.INFO) {
      lanes.release(send.process(), lane);
    }
  }

  private static Type type(Stage outcome) {
    return switch (outcome) {
      case OK -> Type.OK;
      case FAIL -> Type.FAIL;
      case INFO, INVOKE -> Type.INFO;
    };
  }

  private int partition(SendFact send) {
    return send.partition() >= 0 ? send.partition() : partitionRead.get(send.value());
  }

  private int key(int partition) {
    return keys.get(evidence.log(partition).id());
  }

  private String micro(SendFact send, boolean answered) {
    boolean known = answered && send.acknowledged() && send.offset() >= 0;
    String value = known ? "[" + send.offset() + " " + send.value() + "]" : "" + send.value();
    return "[:send " + key(partition(send)) + " " + value + "]";
  }

  // ---- transactions

  private String micros(Unit unit, boolean answered) {
    List<String> micros = new ArrayList<>();
    for (SendFact send : unit.sends) {
      if (partition(send) >= 0) {
        micros.add(micro(send, answered));
      }
    }
    return EdnLines.vector(micros);
  }

  private void endTransaction(Unit unit, long timeNs) throws IOException {
    Type type =
        switch (unit.sends.get(0).transaction()) {
          case COMMITTED -> Type.OK;
          case ABORTED, ABANDONED -> Type.FAIL;
          case UNKNOWN, NONE -> Type.INFO;
        };
    client(timeNs, unit.lane, type, Function.TXN, micros(unit, true));
    if (type != Type.INFO) {
      lanes.release(unit.client(), unit.lane);
    }
  }

  // ---- polls

  private Consumer consumer(Operation operation) {
    return consumers.computeIfAbsent(operation.process(), id -> new Consumer(lanes.own()));
  }

  /** Rebalances and seeks inside a poll come before what it returns. */
  private void findMoves() {
    Map<Integer, Long> polling = new TreeMap<>();
    for (Operation each : evidence.history().operations()) {
      if (each.action() instanceof Poll) {
        if (each.stage() == Stage.INVOKE) {
          polling.put(each.process(), each.index());
        } else {
          polling.remove(each.process());
        }
      }
      Long poll = polling.get(each.process());
      if (poll != null && !moved(each).isEmpty()) {
        movedInPoll.computeIfAbsent(poll, index -> new TreeSet<>()).addAll(moved(each));
      }
    }
  }

  /** The keys whose positions an operation moves. */
  private Set<Integer> moved(Operation operation) {
    Set<Integer> moved = new TreeSet<>();
    if (operation.action() instanceof Rebalance rebalance) {
      rebalance.partitions().forEach(id -> moved.add(keys.getOrDefault(id, -1)));
    } else if (operation.action() instanceof Seek seek) {
      moved.add(keys.getOrDefault(seek.partition(), -1));
    } else if (operation.action() instanceof Subscribe) {
      moved.addAll(keys.values());
    }
    moved.remove(-1);
    return moved;
  }

  private void forget(Operation operation, Consumer consumer, Set<Integer> moved)
      throws IOException {
    if (consumer.standing.removeAll(moved)) {
      String value = EdnLines.vector(consumer.standing);
      client(operation.timeNs(), consumer.lane, Type.INVOKE, Function.ASSIGN, value);
      client(operation.timeNs(), consumer.lane, Type.OK, Function.ASSIGN, value);
    }
  }

  private void poll(Operation operation, Poll poll) throws IOException {
    Consumer consumer = consumer(operation);
    if (operation.stage() == Stage.INVOKE) {
      forget(operation, consumer, movedInPoll.getOrDefault(operation.index(), Set.of()));
      consumer.polling = true;
      client(operation.timeNs(), consumer.lane, Type.INVOKE, Function.POLL, "[[:poll]]");
      return;
    }
    if (!consumer.polling) {
      client(operation.timeNs(), consumer.lane, Type.INVOKE, Function.POLL, "[[:poll]]");
    }
    consumer.polling = false;
    Set<Integer> moved = movedInPoll.getOrDefault(operation.invocation(), Set.of());
    String log = moved.isEmpty() ? "" : ", :rebalance-log [{:keys " + EdnLines.vector(moved) + "}]";
    // What was not handed out says nothing; whether it was, a poll knows.
    Type type = operation.stage() == Stage.OK ? Type.OK : Type.FAIL;
    lines.client(
        operation.timeNs(), consumer.lane, type, Function.POLL, polled(consumer, poll), log);
  }

  private String polled(Consumer consumer, Poll poll) {
    Map<Integer, List<String>> byKey = new TreeMap<>();
    for (Delivered each : poll.records()) {
      String value = each.value() == Delivered.NO_VALUE ? "nil" : Long.toString(each.value());
      byKey
          .computeIfAbsent(keys.get(each.partition()), key -> new ArrayList<>())
          .add("[" + each.offset() + " " + value + "]");
    }
    consumer.standing.addAll(byKey.keySet());
    List<String> parts = new ArrayList<>();
    byKey.forEach((key, pairs) -> parts.add(key + " " + EdnLines.vector(pairs)));
    return "[[:poll " + EdnLines.join("{", parts, "}") + "]]";
  }

  // ---- the end

  private void ends(Operation operation, Ends ends) throws IOException {
    boolean told = operation.stage() != Stage.FAIL && ends.error() == null;
    if (told && evidence.process(operation.process()).finalReader()) {
      List<String> parts = new ArrayList<>();
      ends.ends().forEach((id, end) -> parts.add(keys.get(id) + " " + end));
      lines.bystander(operation.timeNs(), "reader", Function.ENDS, EdnLines.join("{", parts, "}"));
    }
  }

  private void leaveOpen() throws IOException {
    int size = evidence.history().size();
    long timeNs = size == 0 ? 0 : evidence.history().at(size - 1L).timeNs();
    for (Map.Entry<Long, Integer> each : laneOfSend.entrySet()) {
      completeSend(sendByInvocation.get(each.getKey()), each.getValue(), timeNs);
    }
    for (Unit each : transactions.open()) {
      endTransaction(each, timeNs);
    }
  }

  private void client(long timeNs, int process, Type type, Function function, String value)
      throws IOException {
    lines.client(timeNs, process, type, function, value, "");
  }
}
