package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes histories of a store that runs each transaction alone, at some moment between invocation
 * and completion. Some fail before they take effect, of some the outcome is unknown.
 */
final class SerialStore {
  private static final int OPS_MAX = 4;

  private final Random random;
  private final int processes;
  private final int appendsPerKey;
  private final List<List<Long>> lists = new ArrayList<>();
  private final List<Transaction> done = new ArrayList<>();
  private final int[] openKeys;
  private final int[] ids;
  private long clock;

  SerialStore(long seed, int processes, int openKeys, int appendsPerKey) {
    this.random = new Random(seed);
    this.processes = processes;
    this.appendsPerKey = appendsPerKey;
    this.ids = IntStream.range(0, processes).toArray();
    this.openKeys = IntStream.range(0, openKeys).toArray();
    IntStream.range(0, openKeys).forEach(i -> lists.add(new ArrayList<>()));
  }

  /** What a process is in the middle of. */
  private static final class Pending {
    private int process;
    private long invoked;
    private List<MicroOp> ops;
    private boolean effective;
    private double fate;
  }

  /** A history of so many transactions. */
  AppendHistory history(int transactions) {
    Pending[] pending = new Pending[processes];
    int begun = 0;
    boolean busy = true;
    while (busy) {
      int at = random.nextInt(processes);
      Pending each = pending[at];
      if (each == null && begun < transactions) {
        pending[at] = begin(at);
        begun++;
      } else if (each != null && !each.effective && each.fate > 0.03) {
        take(each);
      } else if (each != null) {
        end(each);
        pending[at] = null;
      }
      busy = begun < transactions || Arrays.stream(pending).anyMatch(p -> p != null);
    }
    done.sort(Comparator.comparingLong(Transaction::invoked));
    List<String> keys = IntStream.range(0, lists.size()).mapToObj(Integer::toString).toList();
    return new AppendHistory(done, keys);
  }

  private Pending begin(int process) {
    Pending pending = new Pending();
    pending.process = process;
    pending.invoked = clock++;
    pending.fate = random.nextDouble();
    pending.ops = new ArrayList<>();
    int size = 1 + random.nextInt(OPS_MAX);
    for (int i = 0; i < size; i++) {
      int slot = random.nextInt(openKeys.length);
      int key = openKeys[slot];
      if (random.nextBoolean()) {
        pending.ops.add(new Append(key, clock * OPS_MAX + i));
        if (random.nextInt(appendsPerKey) == 0) {
          openKeys[slot] = lists.size();
          lists.add(new ArrayList<>());
        }
      } else {
        pending.ops.add(new Read(key, null));
      }
    }
    return pending;
  }

  private void take(Pending pending) {
    pending.effective = true;
    for (int i = 0; i < pending.ops.size(); i++) {
      MicroOp op = pending.ops.get(i);
      if (op instanceof Append append) {
        lists.get(op.key()).add(append.value());
      } else {
        long[] list = lists.get(op.key()).stream().mapToLong(Long::longValue).toArray();
        pending.ops.set(i, new Read(op.key(), list));
      }
    }
  }

  /** Of those without effect most are known to have failed, of the others few are not known. */
  private void end(Pending each) {
    boolean unknown = each.fate < 0.01 || each.fate > 0.97;
    Stage known = each.effective ? Stage.OK : Stage.FAIL;
    Stage stage = unknown ? Stage.INFO : known;
    long index = clock++;
    long completed = unknown ? Long.MAX_VALUE : index;
    List<MicroOp> ops = each.ops;
    if (stage != Stage.OK) {
      ops = ops.stream().map(op -> op instanceof Read ? new Read(op.key(), null) : op).toList();
    }
    done.add(new Transaction(ids[each.process], stage, each.invoked, completed, index, ops));
    // Nobody may go on under the name of a process whose outcome is not known.
    ids[each.process] += unknown ? processes : 0;
  }
}
