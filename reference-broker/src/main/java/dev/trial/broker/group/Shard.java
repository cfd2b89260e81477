package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.Origin;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.replication.InternalLog.Appended;
import dev.trial.broker.wire.RequestScope;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import dev.trial.core.world.Timers.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * The groups and offsets of one partition of {@code __consumer_offsets} while this broker leads it.
 * State changes when the records that carry it are committed, never before.
 */
final class Shard {
  private final PartitionId partition;
  private final InternalLog log;
  private final Host host;
  private final GroupSettings settings;
  private final Defects defects;
  private final SortedMap<String, ClassicGroup> groups = new TreeMap<>();
  private final SortedMap<String, ClassicGroup> givingWay = new TreeMap<>();
  private final SortedMap<String, SortedMap<PartitionId, CommittedOffset>> offsets =
      new TreeMap<>();
  private final ConsumerGroups consumers = new ConsumerGroups(this);
  private final PendingOffsets pendingOffsets = new PendingOffsets();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long appendsBegun;
  private long appendsEnded;
  private boolean loaded;
  private boolean closed;

  Shard(
      PartitionId partition, InternalLog log, Host host, GroupSettings settings, Defects defects) {
    this.defects = defects;
    this.partition = partition;
    this.log = log;
    this.host = host;
    this.settings = settings;
  }

  /** A read that must see the effect of every earlier append. */
  private record Waiting(long appends, Runnable action) {}

  PartitionId partition() {
    return partition;
  }

  Host host() {
    return host;
  }

  GroupSettings settings() {
    return settings;
  }

  Defects defects() {
    return defects;
  }

  long epochMs() {
    return host.clock().epochMs();
  }

  boolean loaded() {
    return loaded;
  }

  /** True once another broker (or a later term of this one) is in charge. */
  boolean closed() {
    return closed;
  }

  void setLoaded() {
    loaded = true;
  }

  void close() {
    closed = true;
    groups.values().forEach(group -> group.die(epochMs()));
  }

  // ---- groups

  SortedMap<String, ClassicGroup> groups() {
    return groups;
  }

  /** Null if there is no such group. */
  ClassicGroup group(String id) {
    return groups.get(id);
  }

  ClassicGroup groupOrNew(String id) {
    return groups.computeIfAbsent(id, ClassicGroup::new);
  }

  /** A consumer group is to take the place of that classic group; null if there is none. */
  ClassicGroup giveWay(String id) {
    ClassicGroup classic = groups.remove(id);
    if (classic != null) {
      givingWay.put(id, classic);
    }
    return classic;
  }

  /** The consumer group in its place is committed. */
  void gaveWay(ClassicGroup classic) {
    givingWay.remove(classic.id(), classic);
  }

  /** The log refused the consumer group. */
  void takeBack(ClassicGroup classic) {
    gaveWay(classic);
    groups.put(classic.id(), classic);
  }

  /** The classic groups as readers see them: what is committed. */
  SortedMap<String, ClassicGroup> groupsSeen() {
    SortedMap<String, ClassicGroup> seen = new TreeMap<>(groups);
    seen.keySet().removeIf(id -> consumers.committed(id) != null);
    seen.putAll(givingWay);
    return seen;
  }

  /** Groups of the consumer protocol (KIP-848). */
  ConsumerGroups consumers() {
    return consumers;
  }

  // ---- offsets

  /** Committed offsets of a group; empty if there are none. */
  SortedMap<PartitionId, CommittedOffset> offsets(String group) {
    SortedMap<PartitionId, CommittedOffset> known = offsets.get(group);
    return known == null ? java.util.Collections.emptySortedMap() : known;
  }

  SortedMap<String, SortedMap<PartitionId, CommittedOffset>> offsets() {
    return offsets;
  }

  /** Offsets committed in transactions that have not ended. */
  PendingOffsets pendingOffsets() {
    return pendingOffsets;
  }

  /** Keeps an offset until the transaction that it was committed in ends. */
  void applyPending(long producerId, StateRecord.Offset record) {
    if (defects.has(Defect.TRANSACTIONAL_OFFSETS_VISIBLE)) {
      apply(record);
      return;
    }
    pendingOffsets.add(producerId, record);
  }

  /** The marker of a producer's transaction is committed. */
  void endTransaction(long producerId, boolean committed) {
    boolean counts = committed || defects.has(Defect.ABORTED_OFFSETS_KEPT);
    for (StateRecord.Offset record : pendingOffsets.end(producerId, counts)) {
      put(record);
    }
  }

  private boolean known(StateRecord.Offset record) {
    return offsets(record.group()).containsKey(record.partition());
  }

  private void put(StateRecord.Offset record) {
    offsets
        .computeIfAbsent(record.group(), group -> new TreeMap<>())
        .put(record.partition(), record.value());
  }

  /** Makes a committed record's offset the current one; null forgets it. */
  void apply(StateRecord.Offset record) {
    if (!loaded && defects.has(Defect.OLDEST_OFFSET_LOADED) && known(record)) {
      return;
    }
    pendingOffsets.overtaken(record);
    if (record.value() != null) {
      put(record);
      return;
    }
    SortedMap<PartitionId, CommittedOffset> known = offsets.get(record.group());
    if (known != null) {
      known.remove(record.partition());
      if (known.isEmpty()) {
        offsets.remove(record.group());
      }
    }
  }

  /** Takes over a record that the log held when this broker became the coordinator. */
  void load(long producerId, StateRecord record) {
    if (record instanceof StateRecord.Offset offset) {
      if (offset.value() != null && consumers.newest(offset.group()) == null) {
        groupOrNew(offset.group());
      }
      if (offset.value() != null && producerId != RecordBatchView.NO_PRODUCER_ID) {
        applyPending(producerId, offset);
      } else {
        apply(offset);
      }
    } else if (record instanceof StateRecord.Consumer consumer) {
      // A group that was only known by its offsets gets its type by this record.
      if (!consumer.fact().tombstone()) {
        groups.remove(consumer.group());
      }
      consumers.load(consumer.group(), consumer.fact());
    } else if (record instanceof StateRecord.Group group) {
      groups.remove(group.group());
      if (group.value() != null) {
        groupOrNew(group.group()).restore(group.value());
      }
    }
  }

  /** Takes over the end of a transaction from the log. */
  void load(long producerId, boolean committed) {
    endTransaction(producerId, committed);
  }

  // ---- the log

  /**
   * Appends records as one batch.
   *
   * @param committed what becomes true once they are committed, however late
   * @param answer how it ended, at the latest after offsets.commit.timeout.ms (REQUEST_TIMED_OUT)
   */
  void append(List<StateRecord> records, Runnable committed, Consumer<Errors> answer) {
    append(StateBatch.of(records, epochMs()), Origin.COORDINATOR, committed, answer);
  }

  /** As {@link #append(List, Runnable, Consumer)}, for one batch. */
  void append(ByteBuffer batch, Origin origin, Runnable committed, Consumer<Errors> answer) {
    if (closed) {
      answer.accept(Errors.NOT_LEADER_OR_FOLLOWER);
      return;
    }
    Pending pending = new Pending(committed, answer);
    pending.timer =
        host.timers()
            .after(settings.commitTimeoutMs(), () -> pending.answer(Errors.REQUEST_TIMED_OUT));
    appendsBegun++;
    log.append(partition, batch, origin, pending::ended);
    if (defects.has(Defect.COMMIT_ANSWERED_EARLY)) {
      pending.answer(Errors.NONE);
    }
  }

  /** Runs the action once every append begun so far has ended. */
  void whenSettled(Runnable action) {
    if (appendsEnded == appendsBegun) {
      action.run();
    } else {
      waiting.add(new Waiting(appendsBegun, RequestScope.of(host).bound(action)));
    }
  }

  private void runSettled() {
    List<Runnable> due = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.peek().appends() <= appendsEnded) {
      due.add(waiting.poll().action());
    }
    due.forEach(Runnable::run);
  }

  /** An append on its way. The log ends appends in order. */
  private final class Pending {
    private final Runnable committed;
    private Consumer<Errors> answer;
    private Timer timer;

    Pending(Runnable committed, Consumer<Errors> answer) {
      this.committed = committed;
      this.answer = answer;
    }

    void ended(Appended appended) {
      appendsEnded++;
      if (timer != null) {
        timer.cancel();
      }
      if (appended.error() == Errors.NONE && !closed) {
        committed.run();
      }
      answer(appended.error());
      runSettled();
    }

    void answer(Errors error) {
      Consumer<Errors> once = answer;
      answer = null;
      if (once != null) {
        once.accept(error);
      }
    }
  }

  /** What a client is told when the log refused (KafkaApis and the coordinator agree on this). */
  static Errors toCoordinatorError(Errors logError) {
    return switch (logError) {
      case UNKNOWN_TOPIC_OR_PARTITION,
          NOT_ENOUGH_REPLICAS,
          NOT_ENOUGH_REPLICAS_AFTER_APPEND,
          REQUEST_TIMED_OUT ->
          Errors.COORDINATOR_NOT_AVAILABLE;
      case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> Errors.NOT_COORDINATOR;
      case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE, INVALID_FETCH_SIZE ->
          Errors.UNKNOWN_SERVER_ERROR;
      default -> logError;
    };
  }
}
