package dev.trial.app.bench;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.world.RandomStream;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a long history in which nothing is wrong: producers send, a group of consumers polls,
 * processes and commits, a fresh reader reads all of it at the end and three replicas are dumped.
 * The same shape, length and seed make the same history.
 */
public final class MadeHistory {
  private static final String TOPIC = "orders";
  private static final String GROUP = "g";
  private static final int PRODUCERS = 8;
  private static final int CONSUMERS = 4;
  private static final int READER = PRODUCERS + CONSUMERS;
  private static final int KEYS = 200;
  private static final int POLLED_MAX = 20;
  private static final int READ_MAX = 500;
  private static final long STEP_NS = 50_000;
  private static final Map<String, String> COMMITTED = Map.of("isolation.level", "read_committed");

  /** Of ten operations about this many come in the load; the others read and dump it all. */
  private static final double LOAD_SHARE = 0.98;

  private final Shape shape;
  private final long operations;
  private final RandomStream random;
  private final Sink sink;
  private final List<Log> logs = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private long index;
  private long nextValue;

  /** Takes operations, one after the other. */
  public interface Sink {
    void take(Operation operation) throws IOException;
  }

  private static final class Log {
    private final PartitionId id;
    private final LongArrayList offsets = new LongArrayList();
    private final LongArrayList values = new LongArrayList();
    private final List<String> keys = new ArrayList<>();
    private final List<Logged> dump = new ArrayList<>();
    private long end;
    private int position;

    Log(int number) {
      id = new PartitionId(TOPIC, number);
    }
  }

  /** A send that was made and lands, at its offset, or does not, at −1. */
  private record Sent(long invocation, long value, String key, Log log, long offset) {}

  private MadeHistory(Shape shape, long operations, long seed, Sink sink) {
    this.shape = shape;
    this.operations = operations;
    this.random = new RandomStream(seed);
    this.sink = sink;
    for (int i = 0; i < shape.partitions; i++) {
      logs.add(new Log(i));
    }
    for (int i = 0; i < KEYS; i++) {
      keys.add("k" + i);
    }
  }

  /** Makes a history of about that many operations; returns how many there are. */
  public static long make(Shape shape, long operations, long seed, Sink sink) throws IOException {
    MadeHistory made = new MadeHistory(shape, operations, seed, sink);
    made.begin();
    while (made.index < operations * LOAD_SHARE) {
      made.step();
    }
    made.finish();
    return made.index;
  }

  // ---- writing

  private long add(int process, Stage stage, long invocation, Action action) throws IOException {
    sink.take(new Operation(index, index * STEP_NS, process, stage, invocation, action));
    return index++;
  }

  private void fact(int process, Action action) throws IOException {
    add(process, Stage.INFO, Operation.NO_INVOCATION, action);
  }

  private void done(int process, Action asked, Action answered) throws IOException {
    long invoked = add(process, Stage.INVOKE, Operation.NO_INVOCATION, asked);
    add(process, Stage.OK, invoked, answered);
  }

  // ---- the story

  private void begin() throws IOException {
    fact(Operation.HARNESS, new Phase(Phase.Name.SET_UP));
    for (Log log : logs) {
      fact(
          Operation.HARNESS, new Action.Leadership(log.id, 1, 0, List.of(1, 2, 3), Election.FIRST));
    }
    fact(Operation.HARNESS, new Phase(Phase.Name.LOAD));
    for (int i = 0; i < PRODUCERS; i++) {
      fact(i, new Action.Start("producer-" + i, 0, Kind.PRODUCER, Map.of()));
    }
    for (int i = 0; i < CONSUMERS; i++) {
      consumer(PRODUCERS + i, i);
    }
  }

  private void consumer(int process, int member) throws IOException {
    Map<String, String> settings = Map.of("group.id", GROUP, "isolation.level", "read_committed");
    fact(process, new Action.Start("consumer-" + member, 0, Kind.CONSUMER, settings));
    List<PartitionId> owned = new ArrayList<>();
    for (int i = member; i < logs.size(); i += CONSUMERS) {
      owned.add(logs.get(i).id);
    }
    fact(
        process,
        new Action.Rebalance(
            GROUP, Action.Rebalance.Change.ASSIGNED, owned, 1, "member-" + member));
  }

  private void step() throws IOException {
    int producer = random.nextInt(PRODUCERS);
    if (shape.sendsOfTransaction > 0) {
      transaction(producer);
    } else {
      sends(producer);
    }
    for (int i = 0; i < 2; i++) {
      Log log = log();
      if (log.position < log.values.size()) {
        poll(PRODUCERS + log.id.partition() % CONSUMERS, log);
      }
    }
  }

  private Log log() {
    boolean hot = random.nextInt(100) < shape.hotPercent;
    return logs.get(hot ? 0 : random.nextInt(logs.size()));
  }

  /** A few sends under way at once. */
  private void sends(int producer) throws IOException {
    List<Sent> sent = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      int luck = random.nextInt(100);
      boolean lands = luck >= shape.failedPercent + shape.unknownPercent / 2;
      sent.add(send(producer, lands));
    }
    for (Sent each : sent) {
      boolean unknown = random.nextInt(100) < shape.unknownPercent;
      Stage stage = unknown ? Stage.INFO : each.offset < 0 ? Stage.FAIL : Stage.OK;
      complete(producer, each, stage);
      if (each.offset >= 0) {
        append(each);
        land(each);
      }
    }
  }

  private Sent send(int producer, boolean lands) throws IOException {
    Log log = log();
    long value = nextValue++;
    String key = shape.hotPercent > 0 ? keys.get(0) : keys.get(random.nextInt(KEYS));
    long offset = lands ? log.end++ : -1;
    Action asked = new Action.Send(value, key, TOPIC, log.id.partition(), -1, null);
    long invoked = add(producer, Stage.INVOKE, Operation.NO_INVOCATION, asked);
    return new Sent(invoked, value, key, log, offset);
  }

  private void complete(int producer, Sent sent, Stage stage) throws IOException {
    long offset = stage == Stage.OK ? sent.offset : -1;
    String error = stage == Stage.OK ? null : "TimeoutException: Expiring 1 record(s)";
    Action told =
        new Action.Send(sent.value, sent.key, TOPIC, sent.log.id.partition(), offset, error);
    add(producer, stage, sent.invocation, told);
  }

  private static void land(Sent sent) {
    sent.log.offsets.add(sent.offset);
    sent.log.values.add(sent.value);
    sent.log.keys.add(sent.key);
  }

  private static void append(Sent sent) {
    sent.log.dump.add(new Logged(sent.offset, 0, sent.value, false));
  }

  private void transaction(int producer) throws IOException {
    done(producer, call(producer, Call.BEGIN_TRANSACTION), call(producer, Call.BEGIN_TRANSACTION));
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < shape.sendsOfTransaction; i++) {
      sent.add(send(producer, true));
    }
    for (Sent each : sent) {
      complete(producer, each, Stage.OK);
    }
    boolean aborts = random.nextInt(100) < shape.failedPercent;
    Call end = aborts ? Call.ABORT_TRANSACTION : Call.COMMIT_TRANSACTION;
    done(producer, call(producer, end), call(producer, end));
    for (Sent each : sent) {
      append(each);
      if (!aborts) {
        land(each);
      }
    }
    sent.stream().map(Sent::log).distinct().forEach(MadeHistory::mark);
  }

  /** The marker that ends a transaction takes an offset in every partition it wrote to (KIP-98). */
  private static void mark(Log log) {
    log.dump.add(new Logged(log.end++, 0, Delivered.NO_VALUE, true));
  }

  private static Action call(int producer, Call call) {
    return new Action.Producing(call, "t-" + producer, null);
  }

  private void poll(int process, Log log) throws IOException {
    int to = Math.min(log.values.size(), log.position + 1 + random.nextInt(POLLED_MAX));
    List<Delivered> records = records(log, log.position, to);
    done(process, new Action.Poll(List.of(), null), new Action.Poll(records, null));
    for (Delivered each : records) {
      fact(process, new Action.Process(each.partition(), each.offset(), each.value(), each.key()));
    }
    log.position = to;
    long next = records.get(records.size() - 1).offset() + 1;
    Commit commit = new Commit(GROUP, Commit.Mode.SYNC, Map.of(log.id, next), null);
    done(process, commit, commit);
  }

  private List<Delivered> records(Log log, int from, int to) {
    List<Delivered> records = new ArrayList<>(to - from);
    for (int row = from; row < to; row++) {
      long value = log.values.getLong(row);
      records.add(new Delivered(log.id, log.offsets.getLong(row), value, log.keys.get(row), null));
    }
    return records;
  }

  // ---- the end

  private void finish() throws IOException {
    fact(Operation.HARNESS, new Phase(Phase.Name.HEAL));
    fact(Operation.HARNESS, new Phase(Phase.Name.LIVENESS));
    for (Log log : logs) {
      while (log.position < log.values.size()) {
        poll(PRODUCERS + log.id.partition() % CONSUMERS, log);
      }
    }
    for (int process = 0; process < READER; process++) {
      fact(process, new Action.End(Action.End.How.CLOSED, null));
    }
    fact(Operation.HARNESS, new Phase(Phase.Name.FINAL_READ));
    fact(READER, new Action.Start("reader", 0, Kind.READER, COMMITTED));
    for (Log log : logs) {
      Map<PartitionId, Long> starts = Map.of(log.id, 0L);
      Map<PartitionId, Long> ends = Map.of(log.id, log.end);
      Action asked = new Action.Ends(Map.of(), Map.of(), null);
      done(READER, asked, new Action.Ends(starts, ends, null));
      for (int from = 0; from < log.values.size(); from += READ_MAX) {
        List<Delivered> records = records(log, from, Math.min(log.values.size(), from + READ_MAX));
        done(READER, new Action.Poll(List.of(), null), new Action.Poll(records, null));
      }
    }
    fact(READER, new Action.End(Action.End.How.CLOSED, null));
    fact(Operation.HARNESS, new Phase(Phase.Name.DUMP));
    for (Log log : logs) {
      dump(log);
    }
    fact(Operation.HARNESS, new Phase(Phase.Name.DONE));
  }

  private void dump(Log log) throws IOException {
    for (int broker = 1; broker <= 3; broker++) {
      List<EpochStart> epochs = List.of(new EpochStart(0, 0));
      fact(
          Operation.HARNESS,
          new Action.ReplicaLog(log.id, broker, true, 0, log.end, log.end, epochs, log.dump));
    }
  }
}
