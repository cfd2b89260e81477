package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small model of producers whose transactions overlap in two partitions and end in every way:
 * committed, aborted, without a known outcome, or left open by a crash and aborted by the
 * coordinator. Each ends with one marker in each partition it wrote to. The end of the story can be
 * tampered with before it is told.
 */
final class CorrectTransactions {
  static final List<PartitionId> PARTITIONS =
      List.of(new PartitionId("out", 0), new PartitionId("out", 1));
  private static final int PRODUCERS = 3;

  /** How a transaction ended. */
  enum Fate {
    COMMITTED,
    ABORTED,
    ABANDONED,
    UNKNOWN
  }

  /** A record of a transaction, with the operations that sent it. */
  record Sent(PartitionId at, long offset, long value, long invoked, long completed) {
    Delivered delivered() {
      return new Delivered(at, offset, value, Story.key(value), null);
    }
  }

  /** A transaction; {@code shown} if readers of committed data get its records. */
  static final class Transaction {
    final List<Sent> records = new ArrayList<>();
    Fate fate;
    boolean shown;
  }

  private static final class Producer {
    private int process;
    private Transaction open;
  }

  final Story story = new Story();
  final List<Transaction> transactions = new ArrayList<>();
  final Map<PartitionId, TreeMap<Long, Logged>> logs = new TreeMap<>();

  /** What readers of committed data are told to be the ends; the whole logs if left alone. */
  final Map<PartitionId, Long> stable = new TreeMap<>();

  private final List<Producer> producers = new ArrayList<>();
  private final Random random;
  private int nextProcess = 1;
  private long nextValue = 100;

  CorrectTransactions(long seed, int steps) {
    this.random = new Random(seed);
    PARTITIONS.forEach(each -> logs.put(each, new TreeMap<>()));
    story.phase(Name.LOAD);
    for (int i = 0; i < PRODUCERS; i++) {
      Producer producer = new Producer();
      producers.add(producer);
      restart(producer);
    }
    for (int i = 0; i < steps; i++) {
      step(producers.get(random.nextInt(PRODUCERS)));
    }
    producers.stream().filter(each -> each.open != null).forEach(this::end);
    PARTITIONS.forEach(each -> stable.put(each, end(each)));
  }

  private void restart(Producer producer) {
    producer.process = nextProcess++;
    story.fact(
        producer.process, new Action.Start("p-" + producer.process, 0, Kind.PRODUCER, Map.of()));
  }

  private void step(Producer producer) {
    if (producer.open == null) {
      call(producer, Call.BEGIN_TRANSACTION, Stage.OK);
      producer.open = new Transaction();
      transactions.add(producer.open);
    } else if (producer.open.records.isEmpty() || random.nextInt(3) > 0) {
      producer.open.records.add(send(producer));
    } else {
      end(producer);
    }
  }

  private void call(Producer producer, Call call, Stage stage) {
    Producing action =
        new Producing(call, "t-" + producer.process, stage == Stage.OK ? null : "TimeoutException");
    long invoked = story.add(producer.process, Stage.INVOKE, -1, action);
    story.add(producer.process, stage, invoked, action);
  }

  private Sent send(Producer producer) {
    PartitionId to = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
    long value = nextValue++;
    long offset = end(to);
    logs.get(to).put(offset, new Logged(offset, 0, value, false));
    String key = Story.key(value);
    Send asked = new Send(value, key, to.topic(), to.partition(), -1, null);
    Send done = new Send(value, key, to.topic(), to.partition(), offset, null);
    long invoked = story.add(producer.process, Stage.INVOKE, -1, asked);
    return new Sent(
        to, offset, value, invoked, story.add(producer.process, Stage.OK, invoked, done));
  }

  private void end(Producer producer) {
    Transaction transaction = producer.open;
    producer.open = null;
    transaction.fate = fate();
    transaction.shown =
        transaction.fate == Fate.COMMITTED
            || transaction.fate == Fate.UNKNOWN && random.nextBoolean();
    switch (transaction.fate) {
      case COMMITTED -> call(producer, Call.COMMIT_TRANSACTION, Stage.OK);
      case ABORTED -> call(producer, Call.ABORT_TRANSACTION, Stage.OK);
      case UNKNOWN -> call(producer, Call.COMMIT_TRANSACTION, Stage.INFO);
      case ABANDONED -> story.end(producer.process, How.CRASHED);
    }
    if (transaction.fate == Fate.ABANDONED) {
      restart(producer);
    }
    for (PartitionId each : PARTITIONS) {
      if (transaction.records.stream().anyMatch(record -> record.at().equals(each))) {
        mark(each);
      }
    }
  }

  private Fate fate() {
    int luck = random.nextInt(10);
    return luck < 6
        ? Fate.COMMITTED
        : luck < 8 ? Fate.ABORTED : luck == 8 ? Fate.ABANDONED : Fate.UNKNOWN;
  }

  /** Puts a marker at the end of a log. */
  void mark(PartitionId at) {
    long offset = end(at);
    logs.get(at).put(offset, new Logged(offset, 0, Delivered.NO_VALUE, true));
    stable.computeIfPresent(at, (id, told) -> offset + 1);
  }

  long end(PartitionId at) {
    TreeMap<Long, Logged> log = logs.get(at);
    return log.isEmpty() ? 0 : log.lastKey() + 1;
  }

  /** What readers of committed data get, partition by partition in the order of the log. */
  List<Delivered> committed() {
    TreeMap<PartitionId, TreeMap<Long, Delivered>> shown = new TreeMap<>();
    for (Transaction transaction : transactions) {
      for (Sent each : transaction.shown ? transaction.records : List.<Sent>of()) {
        if (each.offset() < stable.get(each.at())) {
          shown
              .computeIfAbsent(each.at(), at -> new TreeMap<>())
              .put(each.offset(), each.delivered());
        }
      }
    }
    List<Delivered> records = new ArrayList<>();
    shown.values().forEach(each -> records.addAll(each.values()));
    return records;
  }

  /** Reads it all and shows the logs; returns the index of the answer that has the records. */
  long finish(List<Delivered> records) {
    story.phase(Name.HEAL);
    story.phase(Name.FINAL_READ);
    Map<String, String> settings = Map.of("isolation.level", "read_committed");
    story.fact(Story.READER, new Action.Start("reader", 0, Kind.READER, settings));
    long asked =
        story.add(Story.READER, Stage.INVOKE, -1, new Action.Ends(Map.of(), Map.of(), null));
    Map<PartitionId, Long> starts = new TreeMap<>();
    PARTITIONS.forEach(each -> starts.put(each, 0L));
    story.add(Story.READER, Stage.OK, asked, new Action.Ends(starts, stable, null));
    long polled = story.poll(Story.READER, records);
    story.end(Story.READER, How.CLOSED);
    story.phase(Name.DUMP);
    logs.forEach(this::dump);
    producers.forEach(each -> story.end(each.process, How.CLOSED));
    story.phase(Name.DONE);
    return polled;
  }

  private void dump(PartitionId at, TreeMap<Long, Logged> log) {
    List<Logged> records = List.copyOf(log.values());
    List<EpochStart> epochs = List.of(new EpochStart(0, 0));
    for (int broker = 1; broker <= 2; broker++) {
      story.fact(-1, new ReplicaLog(at, broker, true, 0, end(at), end(at), epochs, records));
    }
  }
}
