package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One partition's log as it was in the end, its version order: offset → value, gaps closed up. It
 * is the last incarnation of the log; values that earlier incarnations held and this one does not
 * were truncated. Made from the leader's dump and the final read; {@link #proven()} says whether
 * either of them is there as a whole, else it holds whatever anybody read.
 */
public final class LogView {

  /** The answer where there is no such offset or value. */
  public static final long NONE = -1;

  private static final long DELETION_NOTICED_NS = 1_000_000_000L;

  final PartitionId id;
  final List<Election> leaderships = new ArrayList<>();
  private Election reborn;
  final List<ReplicaDump> replicas = new ArrayList<>();
  private final OffsetOrder order = new OffsetOrder();
  private OffsetOrder readers = new OffsetOrder();
  private OffsetRows rows = new OffsetRows(new long[0]);
  private ValuePlaces places = new ValuePlaces(0);
  private int number;

  /** By row: the final read that shows it, or else who read it first; −1 for none. */
  private int[] finalReads = {};

  private long[] offsets = {};
  private long[] values = {};
  private ReplicaDump leaderDump;
  private boolean proven;
  long start;
  long end = NONE;

  /** A replica's dump and where it is in the history. */
  public record ReplicaDump(long index, ReplicaLog log) {}

  LogView(PartitionId id) {
    this.id = id;
  }

  // ---- building

  void readFinally(long offset, long value, int operation) {
    order.put(offset, value);
    readers.putIfAbsent(offset, operation);
    end = Math.max(end, offset + 1);
  }

  void guess(long offset, long value, int operation) {
    order.putIfAbsent(offset, value);
    readers.putIfAbsent(offset, operation);
    end = Math.max(end, offset + 1);
  }

  void told(long logStart, long logEnd) {
    start = Math.max(start, logStart);
    end = Math.max(end, logEnd);
    proven = true;
  }

  void chooseLeaderDump() {
    int leader = leaderships.isEmpty() ? -1 : leaderships.get(leaderships.size() - 1).leader();
    for (ReplicaDump each : replicas) {
      boolean better = leaderDump == null || (each.log().inSync() && !leaderDump.log().inSync());
      if (better || (each.log().inSync() && each.log().broker() == leader)) {
        leaderDump = each;
      }
    }
    if (leaderDump == null) {
      return;
    }
    ReplicaLog log = leaderDump.log();
    told(log.logStart(), log.highWatermark());
    for (Logged record : log.records()) {
      if (!record.control() && record.offset() < log.highWatermark()) {
        order.putIfAbsent(record.offset(), record.value());
      }
    }
  }

  /** About how many records were met so far. */
  int records() {
    return order.size();
  }

  /** Nothing more comes. {@code all} tells where the values of all logs are, by their number. */
  void freeze(int number, ValuePlaces all) {
    this.number = number;
    places = all;
    order.settle();
    offsets = order.offsets();
    values = order.values();
    rows = new OffsetRows(offsets);
    for (int row = 0; row < offsets.length; row++) {
      places.putIfAbsent(number, values[row], offsets[row]);
    }
    freezeReads();
  }

  private void freezeReads() {
    readers.settle();
    finalReads = new int[readers.offsets().length == 0 ? 0 : offsets.length];
    Arrays.fill(finalReads, -1);
    for (int i = 0; i < readers.offsets().length; i++) {
      finalReads[rows.of(readers.offsets()[i])] = (int) readers.values()[i];
    }
    readers = null; // as much memory as the log itself
  }

  // ---- asking

  public PartitionId id() {
    return id;
  }

  /** True if a dump or the final read shows the whole log. */
  public boolean proven() {
    return proven;
  }

  /** First offset the log still has. */
  public long start() {
    return start;
  }

  /** Offset after the last readable one; {@link #NONE} if the log is unknown and empty. */
  public long end() {
    return end;
  }

  /** How many data records there are. */
  public int size() {
    return offsets.length;
  }

  public long offset(int row) {
    return offsets[row];
  }

  public long value(int row) {
    return values[row];
  }

  /** First row whose offset is at least this. */
  public int rowFrom(long offset) {
    return rows.from(offset);
  }

  /** The value at an offset, {@link Delivered#NO_VALUE} where there is none. */
  public long valueAt(long offset) {
    int row = rows.of(offset);
    return row >= 0 ? values[row] : Delivered.NO_VALUE;
  }

  /** Where a value lies first, {@link #NONE} if it is not in the log. */
  public long offsetOf(long value) {
    long offset = places.get(number, value);
    return offset == ValuePlaces.NONE ? NONE : offset;
  }

  public boolean contains(long value) {
    return places.get(number, value) != ValuePlaces.NONE;
  }

  /**
   * The operation that shows what lies at an offset: the final read, or the dump, or −1; where
   * nothing is proven, the first one that read it.
   */
  public long witness(long offset) {
    int row = finalReads.length == 0 ? -1 : rows.of(offset);
    int read = row < 0 ? -1 : finalReads[row];
    return read >= 0 || leaderDump == null ? read : leaderDump.index();
  }

  /** The operation that shows where the log ends, −1 if none does. */
  public long endWitness() {
    return leaderDump != null ? leaderDump.index() : witness(end - 1);
  }

  public List<ReplicaDump> replicas() {
    return replicas;
  }

  void add(Election election) {
    reborn = election.first() && !leaderships.isEmpty() ? election : reborn;
    leaderships.add(election);
  }

  /** Leadership facts, elections and changes of the in-sync set, in order. */
  public List<Election> leaderships() {
    return leaderships;
  }

  /** When the partition was made again after its topic was deleted, null if that never happened. */
  public Election reborn() {
    return reborn;
  }

  /**
   * True if the send went, or may have gone, into a log of that name that was deleted. For a moment
   * after the deletion its leaders may not have heard of it.
   */
  public boolean goneWithTopic(SendFact send) {
    Election reborn = reborn();
    return reborn != null && send.invokedNs() < reborn.timeNs() + DELETION_NOTICED_NS;
  }

  /** True if the final log has what the leader of that epoch wrote at that offset. */
  public boolean holds(int epoch, long offset) {
    if (leaderDump == null || offset >= leaderDump.log().logEnd()) {
      return false;
    }
    int found = -1;
    for (EpochStart each : leaderDump.log().epochs()) {
      found = each.startOffset() <= offset ? each.leaderEpoch() : found;
    }
    return found == epoch;
  }

  /**
   * The offset at which the leader elected for {@code epoch}, or the first later one that left a
   * trace, began to write; the log's end if none did (KIP-101). {@link #NONE} without a dump.
   */
  public long startOfEpoch(int epoch) {
    if (leaderDump == null) {
      return NONE;
    }
    for (EpochStart each : leaderDump.log().epochs()) {
      if (each.leaderEpoch() >= epoch) {
        return each.startOffset();
      }
    }
    return leaderDump.log().logEnd();
  }
}
