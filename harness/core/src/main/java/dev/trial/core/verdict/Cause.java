package dev.trial.core.verdict;

import java.util.Locale;

/**
 * What a history can prove to have caused an anomaly: the condition, and who says that it has such
 * consequences. Whether a cause is allowed is the claim's business.
 */
public enum Cause {
  UNEXPLAINED("No condition explains it.", "nothing allows it"),
  UNTOLD(
      "The history lacks what could explain it: it stops before, or has lost a part.",
      "nobody knows whether anything allows it"),
  TRUNCATED_BY_CLEAN_ELECTION(
      "The old leader alone had it, and the in-sync replica that was elected did not.",
      "KafkaProducer, acks: with acks=1 the leader answers without awaiting others;"
          + " KIP-101: the others' logs decide"),
  ELIGIBLE_LEADER_ELECTION(
      "The old leader alone had it, and the eligible replica that was elected did not.",
      "KIP-966: eligible replicas have what is committed, not what was written below"
          + " min.insync.replicas"),
  UNCLEAN_ELECTION(
      "A replica that was not in sync was elected.",
      "Kafka documentation, unclean.leader.election.enable: doing so may result in data"
          + " loss; KIP-966 for the last known leader"),
  POWER_LOSS(
      "Every in-sync replica lost what it had not flushed.",
      "Kafka documentation, Application vs. OS Flush Management: durability comes of"
          + " replication, not of fsync; KIP-966"),
  IN_SYNC_SET_OF_ONE(
      "The leader was the only in-sync replica when it acknowledged.",
      "Kafka documentation, min.insync.replicas: acks=all waits for those in sync, be it" + " one"),
  BIT_FLIPPED(
      "A bit was flipped on a disk: a leader's log goes on behind a hole where another replica has"
          + " records, or a replica refuses what its leader hands out.",
      "KIP-98, Message Format: a batch's base offset is outside of its checksum"),
  NOT_ACKNOWLEDGED(
      "No broker ever acknowledged it, as the producer asked for none.",
      "KafkaProducer, acks=0: no guarantee can be made that the server has received the"
          + " record"),
  MARKER_RETRIED(
      "A marker was written again under faults, as its answer was lost or its coordinator"
          + " moved.",
      "KAFKA-19999: leaders take a marker again, also with transaction version 2"),
  LATE_COMMIT(
      "A commit whose outcome nobody knew landed after a later one.",
      "KafkaConsumer.commitAsync and close: a request given up by its client may still be"
          + " served"),
  READ_AFTER_LOSS(
      "The client returned records of partitions that it had told to be lost, and the application"
          + " committed its work on them.",
      "KAFKA-20321: consumers of KIP-848 did so until 4.3.0"),
  CONSEQUENCE_OF_TRUNCATION(
      "It follows from a value lost in a truncation that is itself explained, such as an"
          + " offset used again.",
      "KIP-101, KIP-320: truncated offsets are given out again"),
  DELIVERY_TIMEOUT(
      "A delivery timed out while it was on its way, and the producer numbered what was in flight"
          + " anew.",
      "KIP-360; TransactionManager.bumpIdempotentProducerEpoch in kafka-clients 4.3.1: a broker"
          + " that has some of it already can't tell"),
  LEADER_RESTARTED(
      "A broker crashed or was stopped, and was made leader again, while it was on its way: of each"
          + " producer it knew the newest batch only, and took an earlier one that came again for a"
          + " gap.",
      "ProducerStateManager.writeSnapshot in Kafka 4.3.1 keeps one batch;"
          + " TransactionManager.canRetry in kafka-clients raises the epoch after"
          + " OUT_OF_ORDER_SEQUENCE_NUMBER and sends again"),
  FIRST_BATCH_OVERTAKEN(
      "The leader changed while its producer's first batch was on its way: the next leader knew"
          + " nothing of that producer, took a later batch, and then the first one for a gap.",
      "ProducerAppendInfo.checkSequence in Kafka 4.3.1 takes any sequence of a producer that it"
          + " does not know; TransactionManager.canRetry in kafka-clients raises the epoch after"
          + " OUT_OF_ORDER_SEQUENCE_NUMBER and sends again"),
  BEGUN_AT_RESET(
      "Nothing was committed, and the owner of the partition began where auto.offset.reset sent it:"
          + " behind the record.",
      "KafkaConsumer, auto.offset.reset: latest begins at the end of the log; KIP-842 for"
          + " partitions that are found late"),
  COMMIT_STRATEGY(
      "The application did the work twice or not at all by its own choice of when to" + " commit.",
      "Kafka documentation, Message Delivery Semantics: at least once and at most once"),
  LAST_RECORD(
      "As commit-strategy, and it was the last record that the process worked on.",
      "Kafka documentation, Message Delivery Semantics: a crash between work and commit"),
  COMMITTED_UNASKED(
      "The client committed by itself what its last poll had brought, and the application died at"
          + " work on it.",
      "KAFKA-18641: what a poll brings may be committed by the next poll, not before; consumers of"
          + " KIP-848 do so since 4.2.0"),
  DOWNGRADE_CUT_SHORT(
      "A coordinator died when its group had just gone back to the classic protocol, before members"
          + " joined again: the next one sees no reason for a rebalance.",
      "GroupMetadataManager.convertToClassicGroup and onLoaded in Kafka 4.3.1: the rebalance is in"
          + " memory only"),
  COMMIT_BEHIND(
      "As commit-strategy, and the commit was behind by more than the batch at hand.",
      "KafkaConsumer, enable.auto.commit: offsets are committed now and then, for what"
          + " poll returned before");

  private final String definition;
  private final String source;

  Cause(String definition, String source) {
    this.definition = definition;
    this.source = source;
  }

  /** What happened, in one sentence. */
  public String definition() {
    return definition;
  }

  /** Who says that it has such consequences. */
  public String source() {
    return source;
  }

  /** The name in reports and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
