package dev.trial.core.verdict;

import java.util.Locale;

/**
 * Every anomaly a checker can report, with its definition and who names it or whose rule it breaks.
 * Names follow Jepsen's Kafka workload where it has one, Adya's for transaction cycles.
 */
public enum AnomalyKind {
  // ---- what lies in a log in the end

  LOST_WRITE(
      Family.LOG,
      "An acknowledged value is absent although the log provably goes past its place.",
      "jepsen.tests.kafka :lost-write; Kafka documentation, Design, Message Delivery"
          + " Semantics"),
  READ_THEN_LOST(
      Family.LOG,
      "A value that a consumer was given, acknowledged or not, is absent later.",
      "KIP-101: only what is below the high watermark is given out, and that stays"),
  TAIL_LOSS(
      Family.LOG,
      "An acknowledged value is absent at the proven end of the log.",
      "the part of jepsen.tests.kafka :unseen for which the end of the log is known"),
  UNSEEN(
      Family.LOG,
      "A value is acknowledged and read by nobody, and the end of the log is not proven.",
      "jepsen.tests.kafka :unseen"),
  DUPLICATE(
      Family.LOG,
      "One value, sent once, lies at two offsets.",
      "jepsen.tests.kafka :duplicate; KIP-98 for idempotent producers"),
  INCONSISTENT_OFFSETS(
      Family.LOG,
      "One offset was told for two values, by acknowledgements, readers or logs.",
      "jepsen.tests.kafka :inconsistent-offsets"),
  PHANTOM(
      Family.LOG,
      "A value was read that nobody sent, or whose key or content is not what was sent.",
      "jepsen.tests.kafka stops at such a history (:no-writer-of); Kafka documentation,"
          + " Message Format: records carry a CRC"),
  RESURRECTED(
      Family.LOG,
      "A value that certainly was not sent, or went with its deleted topic, is in the" + " log.",
      "KafkaProducer.send: what is rejected before it is enqueued is not sent; KIP-516: a"
          + " topic made again is another topic"),
  REPLICA_DIVERGENCE(
      Family.LOG,
      "In-sync replicas hold different records below the high watermark.",
      "KIP-101, KIP-279: leader epochs keep replicas alike"),
  STUCK_REPLICA(
      Family.LOG,
      "A replica, a minute after all was healed and on a broker that keeps up elsewhere, lacks"
          + " what was acknowledged before.",
      "Kafka documentation, Design, Replication: followers fetch until they have caught up;"
          + " replica.lag.time.max.ms"),
  WATERMARK_REGRESSION(
      Family.LOG,
      "An end offset once told to a client, or an offset it could read, went back without"
          + " an unclean election.",
      "KIP-207: offsets told by ListOffsets do not go back at a leader change"),
  COMPACTION_LOSS(
      Family.LOG,
      "The newest record of a key is missing from a compacted log, or its tombstone went"
          + " too early.",
      "Kafka documentation, Log Compaction: the last known value of each key is kept;"
          + " KIP-534 for tombstones"),
  COMPACTION_REORDER(
      Family.LOG,
      "A record that survived compaction has another offset.",
      "Kafka documentation, Log Compaction: offsets never change, order is kept"),
  RETENTION_HOLE(
      Family.LOG,
      "Retention took records that are no prefix of the log, or that were too young to" + " go.",
      "Kafka documentation, topic configuration retention.ms and retention.bytes: whole"
          + " segments go, the oldest first"),

  // ---- reads and sends

  WRONG_TIMESTAMP_LOOKUP(
      Family.LOG,
      "What a leader told of the first record from a time on contradicts the log.",
      "KIP-79, KIP-734; KafkaConsumer.offsetsForTimes"),
  WRONG_TIMESTAMP(
      Family.LOG,
      "A record's timestamp is another one for somebody else, or set by who should not set it.",
      "KIP-32; Kafka documentation, message.timestamp.type"),
  POLL_SKIP(
      Family.READS,
      "Between two polls of a process a record known to lie there is jumped over.",
      "jepsen.tests.kafka :poll-skip"),
  INT_POLL_SKIP(
      Family.READS,
      "Inside one poll a record known to lie there is jumped over.",
      "jepsen.tests.kafka :int-poll-skip"),
  NONMONOTONIC_POLL(
      Family.READS,
      "Between two polls a process goes backwards in a partition.",
      "jepsen.tests.kafka :nonmonotonic-poll"),
  INT_NONMONOTONIC_POLL(
      Family.READS,
      "Inside one poll a process goes backwards in a partition.",
      "jepsen.tests.kafka :int-nonmonotonic-poll"),
  NONMONOTONIC_SEND(
      Family.READS,
      "Sends of one process to a partition are acknowledged in another order than they"
          + " were made.",
      "jepsen.tests.kafka :nonmonotonic-send"),
  INT_NONMONOTONIC_SEND(
      Family.READS,
      "Inside one operation, sends to a partition land in another order than they were" + " made.",
      "jepsen.tests.kafka :int-nonmonotonic-send"),
  SEND_REORDER(
      Family.READS,
      "Records of one producer and key lie in another order than they were sent.",
      "KafkaProducer, max.in.flight.requests.per.connection; KIP-98: an idempotent"
          + " producer keeps order"),
  REALTIME_SEND_REORDER(
      Family.READS,
      "A record lies before one that was acknowledged before it was sent.",
      "Herlihy and Wing 1990, linearizability of the log as an object to append to"),
  KEY_SPLIT(
      Family.READS,
      "Records of one key that the partitioner placed are in two partitions of a topic"
          + " that did not grow.",
      "KIP-480, KIP-794: the partition of a keyed record is the hash of its key"),
  PROCESSING_REORDER(
      Family.READS,
      "A group processes records of one key in a partition in another order than the log"
          + " has them.",
      "Kafka documentation, Introduction: consumers read a partition's events in the"
          + " order they were written"),
  KEY_REORDER(
      Family.READS,
      "A group processes records of one key from several partitions out of the order of"
          + " their sends.",
      "Kafka documentation, Modifying topics: adding partitions moves no data, so the"
          + " order of a key may end"),

  // ---- transactions

  ABORTED_READ(
      Family.TRANSACTIONS,
      "A reader of committed data was given a value of an aborted transaction (G1a).",
      "Adya 1999, G1a; jepsen.tests.kafka :G1a; KIP-98, isolation.level"),
  PRECOMMITTED_READ(
      Family.TRANSACTIONS,
      "An operation was handed a value that it had sent itself and not yet committed.",
      "jepsen.tests.kafka :precommitted-read; KIP-98: nothing above the last stable"
          + " offset is given out"),
  TORN_TRANSACTION(
      Family.TRANSACTIONS,
      "Of one transaction, part of the values can be read in the end and part cannot.",
      "KIP-98: the writes of a transaction are all visible or none"),
  G1C(
      Family.TRANSACTIONS,
      "Transactions that each read what another of them wrote, in a circle (G1c).",
      "Adya 1999, G1c; jepsen.tests.kafka :G1c without :ww-deps"),
  G1C_PROCESS(
      Family.TRANSACTIONS,
      "As g1c, but the circle is closed by the order in which a process ran its" + " operations.",
      "Adya 1999, G1c; Elle (VLDB 2020) for the process order; jepsen.tests.kafka"
          + " :G1c-process"),
  G1C_REALTIME(
      Family.TRANSACTIONS,
      "As g1c, but the circle is closed by operations that were over before others began.",
      "Adya 1999, G1c; Elle (VLDB 2020) for the real-time order; jepsen.tests.kafka"
          + " :G1c-realtime"),
  ZOMBIE_COMMIT(
      Family.TRANSACTIONS,
      "A reader of committed data was given a value of a transaction that nobody tried to"
          + " commit.",
      "KIP-98, KIP-447: a fenced producer cannot commit"),
  HANGING_TRANSACTION(
      Family.TRANSACTIONS,
      "Readers of committed data are held before a transaction that should have ended"
          + " long ago.",
      "KIP-890; KIP-664 names hanging transactions"),
  MARKER_MISMATCH(
      Family.TRANSACTIONS,
      "A log holds more or fewer markers than transactions that ended in it.",
      "KIP-98, Control Messages: one marker for each partition of a transaction"),
  OFFSET_OUTPUT_MISMATCH(
      Family.TRANSACTIONS,
      "An input has a committed output although the offsets committed with the outputs"
          + " lie before it.",
      "KIP-98, sendOffsetsToTransaction: offsets and outputs are one transaction"),
  DUPLICATE_PROCESSING(
      Family.TRANSACTIONS,
      "An input was processed more than once.",
      "Kafka documentation, Message Delivery Semantics: exactly once means no more"),
  LOST_PROCESSING(
      Family.TRANSACTIONS,
      "An input was never processed although the committed offset is behind it.",
      "Kafka documentation, Message Delivery Semantics: at least once means no fewer"),

  // ---- groups and offsets

  COMMIT_REGRESSION(
      Family.GROUPS,
      "A committed offset went back though nobody sought back.",
      "KafkaConsumer.commitSync: later commits follow earlier ones"),
  COMMIT_AHEAD(
      Family.GROUPS,
      "A committed offset lies beyond what the group was delivered.",
      "KafkaConsumer, Offsets and Consumer Position: what is committed is the position of"
          + " what was returned"),
  LOST_COMMIT(
      Family.GROUPS,
      "An acknowledged commit is not what a later answer shows, and no newer commit"
          + " explains it.",
      "Kafka protocol, OffsetCommit and OffsetFetch; the committed offset as a register"
          + " (Herlihy and Wing 1990)"),
  OWNERSHIP_OVERLAP(
      Family.GROUPS,
      "Two members own a partition at one time by the rules of the group.",
      "KafkaConsumer, Consumer Groups: each partition has exactly one consumer in the"
          + " group; KIP-848"),
  NEEDLESS_REBALANCE(
      Family.GROUPS,
      "Partitions moved although the static member that went was back in time.",
      "KIP-345: a static member keeps its partitions over a restart"),
  UNOWNED(
      Family.GROUPS,
      "Members were at work, and for longer than a rebalance may take nobody owned a"
          + " partition.",
      "KafkaConsumer, session.timeout.ms and max.poll.interval.ms bound a rebalance;" + " KIP-848"),
  SKIPPED_BY_GROUP(
      Family.GROUPS,
      "A record is in the log, and a group that went past it was never given it.",
      "KafkaConsumer, auto.offset.reset; KIP-1106 for partitions discovered late"),
  WRONG_START(
      Family.GROUPS,
      "A consumer began where neither the committed offset nor the reset policy says.",
      "KafkaConsumer, auto.offset.reset applies only where there is no committed offset"),
  SILENT_TRUNCATION(
      Family.READS,
      "A consumer's position was truncated away, and it went on without the reset or the error"
          + " that it was configured for.",
      "KIP-320: the consumer validates its position by leader epoch"),
  STUCK_CONSUMER(
      Family.GROUPS,
      "After healing a consumer is given nothing though records wait; lag does not drain.",
      "Kafka documentation, Consumer Position: an owner is served from its position on"),

  // ---- clients and harness

  CALLBACK_MISSING(
      Family.CLIENTS,
      "The callback of a send never came, or came more than once.",
      "KafkaProducer.send: the callback is invoked when the record has been acknowledged,"
          + " or failed; close waits for all"),
  WIRE_CORRUPTION(
      Family.CLIENTS,
      "Bytes changed under way, as the wire itself proved.",
      "KAFKA-19012; Kafka documentation, Record Batch: a CRC covers the batch"),
  CLIENT_ERROR(
      Family.CLIENTS,
      "A thread of a client failed where no caller could learn of it.",
      "Thread.UncaughtExceptionHandler; KafkaProducer and KafkaConsumer report failures"
          + " to their caller"),
  BROKER_INVARIANT(
      Family.CLIENTS,
      "Replicas of the reference cluster broke an invariant that no client could see, or a request"
          + " met a fault in one of its nodes.",
      "reference-broker, its invariants: each cites the rule"),
  UNAVAILABLE(
      Family.CLIENTS,
      "Writes were refused or timed out for longer than they may be.",
      "Kafka documentation, Availability and Durability Guarantees; the claim's own bound");

  /** What an anomaly is about. */
  public enum Family {
    LOG("What lies in a log in the end"),
    READS("Reads and sends"),
    TRANSACTIONS("Transactions"),
    GROUPS("Groups and offsets"),
    CLIENTS("Clients and harness");

    private final String title;

    Family(String title) {
      this.title = title;
    }

    /** As a heading. */
    public String title() {
      return title;
    }
  }

  private final Family family;
  private final String definition;
  private final String source;

  AnomalyKind(Family family, String definition, String source) {
    this.family = family;
    this.definition = definition;
    this.source = source;
  }

  /** What it is about. */
  public Family family() {
    return family;
  }

  /** What it is, in one sentence. */
  public String definition() {
    return definition;
  }

  /** Who names or defines it so, and whose promise it breaks. */
  public String source() {
    return source;
  }

  /** The name in reports, JSON and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
