package dev.trial.checkers.jepsen;

import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/**
 * A history of Jepsen's Kafka workload in columns. Operations are numbered by their place among the
 * operations of clients; what each sent, was handed by polls, or named, stands in a row of elements
 * from {@link #begin} to {@link #end}.
 *
 * <p>Keys are Jepsen's: each stands for one partition of one topic. Keys and values are numbered in
 * the order in which they are first met; a value's number stands for its key too, as Jepsen's
 * values are unique in their key only.
 */
public final class KafkaHistory {
  /** The answer where there is no such operation, offset or value. */
  public static final int NONE = -1;

  /** Where an operation stands. */
  enum Type {
    INVOKE,
    OK,
    FAIL,
    INFO
  }

  /** What an operation does; OTHER is crash, debug-topic-partitions and all that is not known. */
  enum Function {
    ASSIGN,
    SUBSCRIBE,
    SEND,
    POLL,
    TXN,
    ENDS,
    OTHER
  }

  /** A value sent, at an offset or at {@link #NONE}. */
  static final byte SENT = 0;

  /** A value handed out by a poll. */
  static final byte READ = 1;

  /** A key that an assign or a subscribe names. */
  static final byte NAMED = 2;

  /** A key whose consumer changed while the operation ran. */
  static final byte REBALANCED = 3;

  /** A key and, as its offset, the end of its log. */
  static final byte ENDED = 4;

  private static final Type[] TYPES = Type.values();
  private static final Function[] FUNCTIONS = Function.values();

  final Names keys = new Names();
  final Values values = new Values();

  private final LongArrayList index = new LongArrayList();
  private final LongArrayList invokedIndex = new LongArrayList();
  private final IntArrayList process = new IntArrayList();
  private final ByteArrayList type = new ByteArrayList();
  private final ByteArrayList function = new ByteArrayList();
  private final IntArrayList ends = new IntArrayList();
  private final ByteArrayList seeks = new ByteArrayList();

  private final ByteArrayList kind = new ByteArrayList();
  private final IntArrayList key = new IntArrayList();
  private final LongArrayList offset = new LongArrayList();
  private final IntArrayList value = new IntArrayList();

  private int processes;
  private boolean subscribes;

  // ---- building: elements first, then the operation they belong to

  void addElement(byte elementKind, int elementKey, long elementOffset, int elementValue) {
    kind.add(elementKind);
    key.add(elementKey);
    offset.add(elementOffset);
    value.add(elementValue);
  }

  int addOperation(
      long ownIndex, long invocation, int ownProcess, Type ownType, Function f, boolean seek) {
    index.add(ownIndex);
    invokedIndex.add(invocation);
    process.add(ownProcess);
    type.add((byte) ownType.ordinal());
    function.add((byte) f.ordinal());
    seeks.add((byte) (seek ? 1 : 0));
    ends.add(kind.size());
    processes = Math.max(processes, ownProcess + 1);
    subscribes |= f == Function.SUBSCRIBE;
    return index.size() - 1;
  }

  /** Takes back the elements added since the last operation. */
  void dropElements() {
    int size = ends.isEmpty() ? 0 : ends.getInt(ends.size() - 1);
    kind.size(size);
    key.size(size);
    offset.size(size);
    value.size(size);
  }

  // ---- operations

  /** How many operations of clients there are, invocations and completions. */
  public int size() {
    return index.size();
  }

  /** The operation's index as the history has it. */
  public long index(int operation) {
    return index.getLong(operation);
  }

  /** The index of its invocation, {@link #NONE} if it has none or is one. */
  public long invokedIndex(int operation) {
    return invokedIndex.getLong(operation);
  }

  /** The number of its process, from 0 in order of appearance. */
  public int process(int operation) {
    return process.getInt(operation);
  }

  int processes() {
    return processes;
  }

  Type type(int operation) {
    return TYPES[type.getByte(operation)];
  }

  /** True for a completion; an invocation that nothing completes is followed by one of its own. */
  boolean completes(int operation) {
    return type.getByte(operation) != Type.INVOKE.ordinal();
  }

  boolean ok(int operation) {
    return type.getByte(operation) == Type.OK.ordinal();
  }

  Function function(int operation) {
    return FUNCTIONS[function.getByte(operation)];
  }

  /** True for the completion of sends and polls, in a transaction or alone. */
  boolean transacts(int operation) {
    Function does = function(operation);
    boolean works = does == Function.SEND || does == Function.POLL || does == Function.TXN;
    return works && completes(operation);
  }

  /** True if it changes what its process reads: assign or subscribe. */
  boolean changesReading(int operation) {
    return function.getByte(operation) <= Function.SUBSCRIBE.ordinal();
  }

  /** True if positions were moved on purpose with it ({@code :seek-to-beginning?}). */
  boolean seeks(int operation) {
    return seeks.getByte(operation) != 0;
  }

  /** True if some process joined a group, which moves partitions between processes. */
  boolean subscribes() {
    return subscribes;
  }

  // ---- elements

  int elements() {
    return kind.size();
  }

  int begin(int operation) {
    return operation == 0 ? 0 : ends.getInt(operation - 1);
  }

  int end(int operation) {
    return ends.getInt(operation);
  }

  byte kind(int element) {
    return kind.getByte(element);
  }

  int key(int element) {
    return key.getInt(element);
  }

  /** {@link #NONE} if nobody said. */
  long offset(int element) {
    return offset.getLong(element);
  }

  int value(int element) {
    return value.getInt(element);
  }
}
