package dev.trial.broker.log;

import dev.trial.core.history.EpochStart;
import java.util.ArrayList;
import java.util.List;

/**
 * First offset of each leader epoch in one log (KIP-101, KIP-279), kept in the file
 * leader-epoch-checkpoint. Epochs and offsets both go up.
 */
public final class LeaderEpochCache {

  /** Epoch and offset where nothing is known. */
  public static final int UNDEFINED_EPOCH = -1;

  public static final long UNDEFINED_OFFSET = -1;

  private final TextFile file;
  private final List<EpochStart> entries = new ArrayList<>();
  private EpochEnd latestEnd = EpochEnd.UNDEFINED;

  LeaderEpochCache(TextFile file) {
    this.file = file;
    load();
  }

  /** Notes that the epoch begins at the offset; entries that contradict it go. */
  public void assign(int epoch, long startOffset) {
    if (epoch < 0) {
      return;
    }
    EpochStart last = last();
    if (last != null && last.leaderEpoch() == epoch && last.startOffset() <= startOffset) {
      return;
    }
    while (last != null && (last.leaderEpoch() >= epoch || last.startOffset() >= startOffset)) {
      entries.remove(entries.size() - 1);
      last = last();
    }
    entries.add(new EpochStart(epoch, startOffset));
    save();
  }

  /** Latest epoch, {@link #UNDEFINED_EPOCH} if there is none. */
  public int latestEpoch() {
    EpochStart last = last();
    return last == null ? UNDEFINED_EPOCH : last.leaderEpoch();
  }

  /**
   * The largest epoch not above the asked one, and where it ends: the start of the next one, or the
   * log end for the latest. An epoch below all known ones ends where the first known one starts.
   */
  public EpochEnd endOffsetFor(int epoch, long logEndOffset) {
    if (epoch == UNDEFINED_EPOCH || epoch > latestEpoch()) {
      return EpochEnd.UNDEFINED;
    }
    if (epoch == latestEpoch()) {
      if (latestEnd.leaderEpoch() != epoch || latestEnd.endOffset() != logEndOffset) {
        latestEnd = new EpochEnd(epoch, logEndOffset); // every fetch asks, few find another answer
      }
      return latestEnd;
    }
    int floor = floorIndex(epoch);
    long end = entries.get(floor + 1).startOffset();
    return new EpochEnd(floor < 0 ? epoch : entries.get(floor).leaderEpoch(), end);
  }

  /** The epoch that the record at the offset has, as far as the cache tells. */
  public int epochAt(long offset) {
    int epoch = UNDEFINED_EPOCH;
    for (EpochStart entry : entries) {
      if (entry.startOffset() > offset) {
        return epoch;
      }
      epoch = entry.leaderEpoch();
    }
    return epoch;
  }

  /** Removes epochs that start at the offset or later. */
  public void truncateFromEnd(long endOffset) {
    int before = entries.size();
    entries.removeIf(entry -> entry.startOffset() >= endOffset);
    saveIfChanged(before);
  }

  /** Removes epochs that ended before the offset; the one that spans it begins there from now. */
  public void truncateFromStart(long startOffset) {
    int spanning = -1;
    for (int i = 0; i < entries.size() && entries.get(i).startOffset() <= startOffset; i++) {
      spanning = i;
    }
    if (spanning < 0) {
      return;
    }
    EpochStart moved = new EpochStart(entries.get(spanning).leaderEpoch(), startOffset);
    entries.subList(0, spanning + 1).clear();
    entries.add(0, moved);
    save();
  }

  /** Takes other entries instead. */
  void replace(List<EpochStart> found) {
    if (!entries.equals(found)) {
      entries.clear();
      entries.addAll(found);
      save();
    }
  }

  /** Forgets everything. */
  public void clear() {
    int before = entries.size();
    entries.clear();
    saveIfChanged(before);
  }

  /** All entries, oldest first. */
  public List<EpochStart> entries() {
    return List.copyOf(entries);
  }

  /** True while epochs and offsets both go up: an invariant. */
  public boolean monotonic() {
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).leaderEpoch() <= entries.get(i - 1).leaderEpoch()
          || entries.get(i).startOffset() <= entries.get(i - 1).startOffset()) {
        return false;
      }
    }
    return true;
  }

  private EpochStart last() {
    return entries.isEmpty() ? null : entries.get(entries.size() - 1);
  }

  private int floorIndex(int epoch) {
    int index = entries.size() - 1;
    while (index >= 0 && entries.get(index).leaderEpoch() > epoch) {
      index--;
    }
    return index;
  }

  private void load() {
    for (String line : file.read().split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        int epoch = Integer.parseInt(line.substring(0, space));
        entries.add(new EpochStart(epoch, Long.parseLong(line.substring(space + 1))));
      }
    }
  }

  private void saveIfChanged(int before) {
    if (entries.size() != before) {
      save();
    }
  }

  private void save() {
    StringBuilder text = new StringBuilder();
    for (EpochStart entry : entries) {
      text.append(entry.leaderEpoch()).append(' ').append(entry.startOffset()).append('\n');
    }
    file.write(text.toString());
  }
}
