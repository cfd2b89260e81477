package dev.trial.checkers.evidence;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Rules;
import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything the checkers want to know of a history, gathered once. */
public final class Evidence {

  final History history;
  final Rules rules;
  final List<SendFact> sends = new ArrayList<>();
  final List<SendFact> completedSends = new ArrayList<>();
  final SendTable sendByValue = new SendTable();
  final List<TransactionFact> transactions = new ArrayList<>();
  final Deliveries deliveries = new Deliveries();
  final List<LogView> logs = new ArrayList<>();
  final Map<PartitionId, Integer> partitionNumbers = new TreeMap<>();
  final ProcessTable processes = new ProcessTable();
  final Map<String, GroupTable> groups = new TreeMap<>();
  final Subscriptions subscriptions = new Subscriptions();
  private GroupTable lastGroup;
  final EnumMap<Phase.Name, Long> phases = new EnumMap<>(Phase.Name.class);
  final List<FaultWindow> faults = new ArrayList<>();
  final List<Operation> nodes = new ArrayList<>();
  final List<Operation> oracles = new ArrayList<>();
  final List<Operation> ends = new ArrayList<>();
  final List<Operation> timestamps = new ArrayList<>();
  final List<Operation> descriptions = new ArrayList<>();
  final List<Operation> moves = new ArrayList<>();
  final Int2LongOpenHashMap firstOperations = new Int2LongOpenHashMap();
  final Int2LongOpenHashMap lastOperations = new Int2LongOpenHashMap();
  Completeness completeness;

  Evidence(History history, Rules rules) {
    this.history = history;
    this.rules = rules;
  }

  /** Gathers the evidence of a history. */
  public static Evidence of(History history, Rules rules) {
    return of(history, rules, new Pace(Budget.UNLIMITED));
  }

  /** The same at a pace, which may stop it. */
  public static Evidence of(History history, Rules rules, Pace pace) {
    return new EvidenceReader(new Evidence(history, rules), pace).read();
  }

  public History history() {
    return history;
  }

  public Rules rules() {
    return rules;
  }

  /** Every send, in order of invocation. */
  public List<SendFact> sends() {
    return sends;
  }

  /** Every send whose callback came, in order of the first completion. */
  public List<SendFact> completedSends() {
    return completedSends;
  }

  /** The first send of a value, null if nobody sent it. */
  public SendFact sendOf(long value) {
    return sendByValue.get(value);
  }

  /** Every transaction that an application began, in order. */
  public List<TransactionFact> transactions() {
    return transactions;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  /** All partitions; a partition's number is its place here. */
  public List<LogView> logs() {
    return logs;
  }

  public LogView log(int partition) {
    return logs.get(partition);
  }

  /** The process, or one without a name if it never started. */
  public ProcessFact process(int id) {
    return processes.get(id);
  }

  public Collection<ProcessFact> processes() {
    return processes.all();
  }

  /** Names of all consumer groups. */
  public Collection<String> groups() {
    return groups.keySet();
  }

  /** What a group did, by partition number. */
  public Collection<GroupPartition> group(String name) {
    GroupTable group = groups.get(name);
    return group == null ? List.of() : group.partitions();
  }

  /** Every group's every partition. */
  public List<GroupPartition> groupPartitions() {
    List<GroupPartition> all = new ArrayList<>();
    groups.values().forEach(group -> all.addAll(group.partitions()));
    return all;
  }

  /** Index at which a phase began, −1 if it never did. */
  public long phase(Phase.Name name) {
    return phases.getOrDefault(name, -1L);
  }

  /** What the history lacks. */
  public Completeness completeness() {
    return completeness;
  }

  /**
   * True if whatever a process did before an index is in the history. Of live runs operations come
   * through sockets: where such a history stops, those of one process may lack while later ones of
   * another are there.
   */
  public boolean heardSince(ProcessFact process, long index) {
    return completeness.stopped() == null
        || process.ended() != null
        || lastOperations.get(process.id()) >= index;
  }

  /** True if the history tells when each member of a group ended that must have. */
  public boolean endsKnown(String group) {
    for (ProcessFact each : processes()) {
      if (each.endMissing() && group.equals(each.group())) {
        return false;
      }
    }
    return true;
  }

  public List<FaultWindow> faults() {
    return faults;
  }

  /** Facts about nodes, in order. */
  public List<Operation> nodes() {
    return nodes;
  }

  /** What the wire proved wrong. */
  public List<Operation> oracles() {
    return oracles;
  }

  /** Answers about the ends of logs. */
  public List<Operation> ends() {
    return ends;
  }

  /** What administrators asked of groups, and what they were told, in order. */
  public List<Operation> descriptions() {
    return descriptions;
  }

  /** What clients were told of timestamps, and what they asked by time, in order. */
  public List<Operation> timestamps() {
    return timestamps;
  }

  /** What moves the position of a consumer on purpose, in order: rebalance, seek, subscription. */
  public List<Operation> moves() {
    return moves;
  }

  /** Index of the first operation of a process, or that number if it never did anything. */
  public long firstOperation(int process, long none) {
    return firstOperations.getOrDefault(process, none);
  }

  /** True if a committed-data reader must see what lies at a row of a log. */
  public boolean mustBeSeen(LogView log, int row) {
    SendFact send = sendOf(log.value(row));
    return send != null && send.visibleToAll();
  }

  /** First row in [from, to) that every reader must see and that lies there, −1 if none. */
  public int mustSeeRow(LogView log, long from, long to) {
    for (int row = log.rowFrom(from); row < log.size() && log.offset(row) < to; row++) {
      if (mustBeSeen(log, row)) {
        return row;
      }
    }
    return -1;
  }

  /** Time of the last operation. */
  public long lastTimeNs() {
    return history.size() == 0 ? 0 : history.at(history.size() - 1L).timeNs();
  }

  /** True if an administrator asked for records or whole topics to be deleted. */
  public boolean recordsDeleted() {
    return faults.stream()
        .map(window -> window.fault().fault().fault().kind())
        .anyMatch(kind -> kind == FaultKind.RECORD_DELETION || kind == FaultKind.TOPIC_RECREATION);
  }

  /** Index of the invocation, or of the operation itself where there is none. */
  public static long begun(Operation operation) {
    return operation.invocation() == Operation.NO_INVOCATION
        ? operation.index()
        : operation.invocation();
  }

  GroupPartition groupPartition(String group, int partition) {
    if (lastGroup == null || !lastGroup.name().equals(group)) {
      lastGroup = groups.computeIfAbsent(group, GroupTable::new);
    }
    return lastGroup.partition(partition);
  }

  /** True if a member asked for the partition's topic, or ever had the partition. */
  public boolean concerns(GroupPartition at) {
    return !at.owners().isEmpty()
        || subscriptions.include(at.group(), log(at.partition()).id().topic());
  }

  /** Number of a partition, −1 if the history knows none of that name. */
  public int numberOf(PartitionId id) {
    return partitionNumbers.getOrDefault(id, -1);
  }

  int number(PartitionId id) {
    Integer known = partitionNumbers.get(id);
    if (known != null) {
      return known;
    }
    partitionNumbers.put(id, logs.size());
    logs.add(new LogView(id));
    return logs.size() - 1;
  }
}
