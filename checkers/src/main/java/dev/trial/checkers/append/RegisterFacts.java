package dev.trial.checkers.append;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one register: who wrote each version of it, who read it, and which versions must
 * stand before which. Versions are numbered in the order in which they are met; the first is the
 * one that was there before anything was written.
 */
final class RegisterFacts {
  static final int UNWRITTEN = 0;

  private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
  private final LongArrayList values = new LongArrayList();
  private final IntArrayList writers = new IntArrayList();
  private final List<IntArrayList> readers = new ArrayList<>();
  private final List<Touch> touches = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();

  /** A transaction that read a version which others had left, and then wrote the register. */
  record Update(int version, int transaction) {}

  /**
   * A transaction that has to do with the register.
   *
   * @param first the version that it met: which it read, or else the one it wrote
   * @param last the version that it left
   * @param wrote whether it wrote, so that the two may differ
   */
  record Touch(int transaction, int first, int last, boolean wrote) {}

  /**
   * One version stands before another.
   *
   * @param by the transaction that shows it, as it read the one and wrote the other
   * @param then where the order of time shows it: the transaction that began after {@code by} was
   *     over, which had left the one, and met the other; else {@code by}
   */
  record Step(int before, int after, int by, int then) {
    boolean inTime() {
      return by != then;
    }
  }

  RegisterFacts() {
    numbers.defaultReturnValue(ListFacts.NOBODY);
    add(ListFacts.NOBODY);
  }

  private int add(int writer) {
    writers.add(writer);
    readers.add(new IntArrayList());
    return writers.size() - 1;
  }

  // ---- gathering

  void wrote(long value, int transaction) {
    int version = version(value);
    writers.set(version, transaction);
  }

  void read(int version, int transaction) {
    readers.get(version).add(transaction);
  }

  void updated(int version, int transaction) {
    updates.add(new Update(version, transaction));
  }

  void touched(Touch touch) {
    touches.add(touch);
  }

  /** The number of a value's version, given now if it has none. */
  int version(long value) {
    int known = numbers.get(value);
    if (known >= 0) {
      return known;
    }
    int version = add(ListFacts.NOBODY);
    numbers.put(value, version);
    values.add(value);
    return version;
  }

  // ---- asking

  int versions() {
    return writers.size();
  }

  /** A version as it is shown: its value, or nil. */
  String text(int version) {
    return version == UNWRITTEN ? "nil" : String.valueOf(values.getLong(version - 1));
  }

  /** Who wrote a version, {@link ListFacts#NOBODY} if nobody did. */
  int writer(int version) {
    return writers.getInt(version);
  }

  /** Committed transactions that read a version that they had not written themselves. */
  IntArrayList readers(int version) {
    return readers.get(version);
  }

  /** In order of invocation. */
  List<Update> updates() {
    return updates;
  }

  /** Transactions that may have happened, in order of invocation. */
  List<Touch> touches() {
    return touches;
  }
}
