package dev.trial.core.history;

import dev.trial.core.fault.ScheduledFault;
import java.util.List;
import java.util.Map;

/**
 * What an operation did. An invocation carries what was asked; its completion repeats that and adds
 * what came back. Unknown offsets are −1, unknown values {@link Delivered#NO_VALUE}, absent texts
 * null.
 */
public sealed interface Action {

  /** The name in a history file. */
  String name();

  /** Class and message of what went wrong; null if nothing did, or nothing can. */
  default String error() {
    return null;
  }

  // ---- processes

  /**
   * A client process began.
   *
   * @param client the client's name; incarnations share it
   * @param incarnation 0 for the first process of that name
   * @param kind producer, consumer, processor, reader (a fresh reader of the final phase) or admin
   * @param settings the client settings it runs with
   */
  record Start(String client, int incarnation, Kind kind, Map<String, String> settings)
      implements Action {
    @Override
    public String name() {
      return "start";
    }

    /** What a process is for. */
    public enum Kind {
      PRODUCER,
      CONSUMER,
      PROCESSOR,
      READER,
      ADMIN
    }
  }

  /**
   * A client process ended: closed in order, crashed, or left by an exception it did not expect.
   */
  record End(How how, String error) implements Action {
    @Override
    public String name() {
      return "end";
    }

    /** How it ended. */
    public enum How {
      CLOSED,
      CRASHED,
      FAILED
    }
  }

  // ---- producers

  /**
   * One record handed to {@code send()}.
   *
   * @param value unique per intended send (an application that sends again repeats it)
   * @param partition where it should go, −1 when the partitioner decides
   * @param offset where it landed; −1 while unknown, and with acks=0 for ever
   * @param error exception class and message of a fail or info
   * @param tombstone sent without a value, which deletes the key from a compacted topic
   */
  record Send(
      long value,
      String key,
      String topic,
      int partition,
      long offset,
      String error,
      boolean tombstone)
      implements Action {

    /** A record with a value. */
    public Send(long value, String key, String topic, int partition, long offset, String error) {
      this(value, key, topic, partition, offset, error, false);
    }

    @Override
    public String name() {
      return "send";
    }

    /** The partition as an id. */
    public PartitionId partitionId() {
      return new PartitionId(topic, partition);
    }
  }

  /** flush() or a transaction call: begin, commit, abort. */
  record Producing(Call call, String transactionalId, String error) implements Action {
    @Override
    public String name() {
      return call.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Which call. */
    public enum Call {
      FLUSH,
      INIT_TRANSACTIONS,
      BEGIN_TRANSACTION,
      COMMIT_TRANSACTION,
      ABORT_TRANSACTION
    }
  }

  // ---- consumers

  /** One poll and what it returned. */
  record Poll(List<Delivered> records, String error) implements Action {
    @Override
    public String name() {
      return "poll";
    }
  }

  /** The application finished working on one record (its effect is visible to the world). */
  record Process(PartitionId partition, long offset, long value, String key) implements Action {
    @Override
    public String name() {
      return "process";
    }
  }

  /**
   * A commit of offsets. A commit made inside the client (auto commit) has a completion only.
   *
   * @param offsets next offset to read per partition
   */
  record Commit(String group, Mode mode, Map<PartitionId, Long> offsets, String error)
      implements Action {
    @Override
    public String name() {
      return "commit";
    }

    /** Who committed and how. */
    public enum Mode {
      SYNC,
      ASYNC,
      AUTO,
      TRANSACTION
    }
  }

  /** Committed offsets as the group's coordinator told them; −1 where there is none. */
  record Committed(String group, Map<PartitionId, Long> offsets, String error) implements Action {
    @Override
    public String name() {
      return "committed";
    }
  }

  /**
   * A group as its coordinator described it to an administrator.
   *
   * @param type classic or consumer (KIP-848), null while unknown
   * @param state as the coordinator calls it, null while unknown
   * @param classicMembers members that use the classic protocol
   * @param consumerMembers members that use the protocol of KIP-848
   */
  record Described(
      String group,
      String type,
      String state,
      int classicMembers,
      int consumerMembers,
      String error)
      implements Action {
    @Override
    public String name() {
      return "described";
    }
  }

  /** subscribe() or assign(), the topics or partitions asked for. */
  record Subscribe(String group, List<String> topics, List<PartitionId> partitions)
      implements Action {
    @Override
    public String name() {
      return "subscribe";
    }
  }

  /** A rebalance callback. {@code generation} and {@code member} are as the client tells them. */
  record Rebalance(
      String group, Change change, List<PartitionId> partitions, int generation, String member)
      implements Action {
    @Override
    public String name() {
      return "rebalance";
    }

    /** What happened to the partitions. */
    public enum Change {
      ASSIGNED,
      REVOKED,
      LOST
    }
  }

  /** seek() to an offset, or a named end of the log (offset −1 with {@code to} begin or end). */
  record Seek(PartitionId partition, long offset, String to) implements Action {
    @Override
    public String name() {
      return "seek";
    }
  }

  /** The offsets a reader was told: log start and end (high watermark) per partition. */
  record Ends(Map<PartitionId, Long> starts, Map<PartitionId, Long> ends, String error)
      implements Action {
    @Override
    public String name() {
      return "ends";
    }
  }

  /**
   * The first record from a time on, as a leader told it (offsetsForTimes, KIP-79).
   *
   * @param askedMs milliseconds since the Unix epoch
   * @param offset −1 while unknown, and where the answer was that there is none
   * @param timestampMs of the record that was found, else −1
   */
  record Lookup(PartitionId partition, long askedMs, long offset, long timestampMs, String error)
      implements Action {
    @Override
    public String name() {
      return "lookup";
    }
  }

  /**
   * Timestamps of records, as a client was told them.
   *
   * @param byLog the log set them (LogAppendTime), as a reader sees; an acknowledgement does not
   *     tell, and has false
   */
  record Stamps(PartitionId partition, Source source, boolean byLog, List<Stamp> stamps)
      implements Action {
    @Override
    public String name() {
      return "stamps";
    }

    /** What told them. */
    public enum Source {
      ACKNOWLEDGED,
      READ
    }
  }

  /** A consumer was closed; {@code error} when close threw. */
  record Close(String error) implements Action {
    @Override
    public String name() {
      return "close";
    }
  }

  // ---- the harness

  /** The run entered a phase. */
  record Phase(Name phase) implements Action {
    @Override
    public String name() {
      return "phase";
    }

    /** The phases of a run, in order. */
    public enum Name {
      SET_UP,
      LOAD,
      HEAL,
      LIVENESS,
      FINAL_READ,
      DUMP,
      DONE
    }
  }

  /** A fault began or ended; {@code hit} are the nodes and clients the role stood for. */
  record Nemesis(ScheduledFault fault, List<String> hit, Edge edge, String error)
      implements Action {
    @Override
    public String name() {
      return "fault";
    }

    /** Begin or end. */
    public enum Edge {
      BEGIN,
      END
    }
  }

  /**
   * A partition's leadership or in-sync replicas changed.
   *
   * @param leader −1 for none
   */
  record Leadership(
      PartitionId partition,
      int leader,
      int leaderEpoch,
      List<Integer> inSyncReplicas,
      Election election)
      implements Action {
    @Override
    public String name() {
      return "leadership";
    }

    /** How the leader came to lead; SAME when only the in-sync replicas changed. */
    public enum Election {
      FIRST,
      /** One of the in-sync replicas, as the last leader had left the set. */
      CLEAN,
      /** An in-sync replica that is the first of the assignment. */
      PREFERRED,
      /** A replica out of sync that still has all that is committed (KIP-966). */
      ELIGIBLE,
      /** A replica out of sync, because the topic allows it or an administrator asked. */
      UNCLEAN,
      /** The last leader, when no in-sync and no eligible replica was left (KIP-966). */
      LAST_KNOWN,
      LEADERLESS,
      SAME
    }
  }

  /** A node process came up or went away. */
  record Node(String node, Change change) implements Action {
    @Override
    public String name() {
      return "node";
    }

    /** What happened to it. */
    public enum Change {
      UP,
      CRASHED,
      STOPPED,
      LOST_POWER,
      PAUSED,
      RESUMED
    }
  }

  /** The final log of one replica, read below the client's view. */
  record ReplicaLog(
      PartitionId partition,
      int broker,
      boolean inSync,
      long logStart,
      long highWatermark,
      long logEnd,
      List<EpochStart> epochs,
      List<Logged> records)
      implements Action {
    @Override
    public String name() {
      return "replica-log";
    }
  }

  /** Something the wire itself proved wrong: a changed buffer, a bad checksum, a log line. */
  record Oracle(String oracle, String party, String detail) implements Action {

    /** Not wrong, but not over: what the run waited for after its faults did not come in time. */
    public static final String UNSETTLED = "unsettled";

    /** The party that tells what was not done to the cluster, or not undone. */
    public static final String NEMESIS = "nemesis";

    /** A broker refused, for its bytes, what a client had produced. */
    public static final String PRODUCED_BATCH = "produced-batch";

    /** A broker refused, for its bytes, what it had fetched of its leader. */
    public static final String FETCHED_BATCH = "fetched-batch";

    /** A request met a fault in a node of the reference cluster. */
    public static final String HANDLER_FAULT = "handler-fault";

    @Override
    public String name() {
      return "oracle";
    }
  }

  /** A remark for the reader of the history; no checker looks at it. */
  record Note(String text) implements Action {
    @Override
    public String name() {
      return "note";
    }
  }
}
