package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.Kinds.AFTER_TRUNCATION;
import static dev.trial.claims.Kinds.LOG;
import static dev.trial.claims.Kinds.LOSS;
import static dev.trial.claims.Kinds.with;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;

/** Section C: producers. */
final class ProducerClaims {
  private static final boolean HALF_TRUE = true;
  private static final boolean CORE = true;

  private ProducerClaims() {}

  static List<Claim> all() {
    return List.of(
        retryDuplicates(),
        inFlightReorder(),
        idempotentOnceInOrder(),
        idempotentPerSession(),
        outOfOrderSequence(),
        deliveryTimeout(),
        sendIsBuffered(),
        defaultPartitioner(),
        recordFidelity(),
        everyCallbackComes(),
        defaultsByVersion(),
        compression("none"),
        compression("gzip"),
        compression("snappy"),
        compression("lz4"),
        compression("zstd"));
  }

  private static Claim claim(
      String id,
      String sentence,
      String expected,
      boolean halfTrue,
      boolean core,
      Experiment... halves) {
    return new Claim(id, Section.PRODUCERS, sentence, expected, halfTrue, core, List.of(halves));
  }

  private static Claim retryDuplicates() {
    return claim(
        "retry-duplicates",
        "a retry without idempotence can store a record twice",
        "breaks: duplicate",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("bursts")
            .faults("drop-produce-answers")
            .profile(Profiles::notIdempotent)
            .judging(LOG)
            .breaks(
                Kinds.of(AnomalyKind.DUPLICATE),
                AnomalyKind.SEND_REORDER,
                AnomalyKind.NONMONOTONIC_SEND));
  }

  private static Claim inFlightReorder() {
    return claim(
        "in-flight-reorder",
        "several requests in flight without idempotence can reorder",
        "breaks: send-reorder; with one request in flight order holds, and retries may duplicate",
        !HALF_TRUE,
        CORE,
        half("five-in-flight")
            .workload("bursts")
            .faults("refuse-one-produce")
            .profile(Profiles::notIdempotent)
            .judging(LOG)
            .breaks(
                Kinds.of(AnomalyKind.SEND_REORDER),
                AnomalyKind.NONMONOTONIC_SEND,
                AnomalyKind.DUPLICATE),
        half("one-in-flight")
            .workload("bursts")
            .faults("refuse-one-produce")
            .profile(
                profile ->
                    Profiles.notIdempotent(profile)
                        .producer("max.in.flight.requests.per.connection", 1))
            .judging(LOG)
            .holdsWithin(List.of(), AnomalyKind.DUPLICATE));
  }

  private static Claim idempotentOnceInOrder() {
    return claim(
        "idempotent-once-in-order",
        "enable.idempotence stores each record once and in order, up to five in flight",
        "holds, while no delivery times out, no leader comes back from a crash as leader and none"
            + " changes under a producer's first batch: what is in flight then may be stored twice"
            + " (KIP-360)",
        !HALF_TRUE,
        CORE,
        experiment().workload("bursts").faults("swarm").judging(LOG).holds());
  }

  private static Claim idempotentPerSession() {
    return claim(
        "idempotent-per-session",
        "idempotence means exactly once",
        "breaks: duplicate, when the application sends again after a restart",
        HALF_TRUE,
        !CORE,
        experiment()
            .workload("resend")
            .faults("producer-kills")
            .judging(LOG)
            .breaks(
                Kinds.of(AnomalyKind.DUPLICATE),
                AnomalyKind.SEND_REORDER,
                AnomalyKind.NONMONOTONIC_SEND));
  }

  private static Claim deliveryTimeout() {
    return claim(
        "delivery-timeout-is-indeterminate",
        "a TimeoutException means the record was not written",
        "holds as indeterminate: such a record may be in the log, and is never counted as failed",
        HALF_TRUE,
        !CORE,
        experiment()
            .workload("one-partition")
            .faults("drop-answers-until-delivery-timeout")
            .profile(
                profile ->
                    profile
                        .producer("request.timeout.ms", 1_000)
                        .producer("delivery.timeout.ms", 3_000))
            .judging(LOG)
            .holds());
  }

  /** What a crash finds in the buffer was never acknowledged: it may be absent, and no more. */
  private static Claim sendIsBuffered() {
    return claim(
        "send-is-buffered",
        "send() only appends to a batch; flush() waits for the answers",
        "holds: what was not flushed is indeterminate or absent, never acknowledged",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("producer-kills")
            .profile(profile -> profile.producer("linger.ms", 400).producer("batch.size", 200_000))
            .judging(LOG)
            .holds());
  }

  private static Claim defaultPartitioner() {
    return claim(
        "default-partitioner-key",
        "the same key goes to the same partition",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume", "topic-partitions", 5, "keys", 20)
            .faults("one-at-a-time")
            .judging(with(LOG, AnomalyKind.KEY_SPLIT))
            .holds());
  }

  private static Claim outOfOrderSequence() {
    return claim(
        "out-of-order-sequence",
        "a gap in sequence numbers is refused",
        "the tail is lost in an unclean election: refused, the producer goes on in a new epoch and"
            + " tells nobody; producer state expired: any sequence is taken, duplicates get"
            + " through",
        HALF_TRUE,
        !CORE,
        half("tail-lost")
            .workload("one-partition")
            .faults("out-of-sync-returns")
            .profile(
                profile ->
                    Profiles.minIsr(profile, 1).topic("unclean.leader.election.enable", true))
            .judging(LOG)
            .breaksOnlyIf(EnumSet.of(Cause.UNCLEAN_ELECTION), Kinds.LOSS, Kinds.AFTER_TRUNCATION),
        half("state-expired")
            .workload("bursts", "interval-ms", 900)
            .faults("delay-produce-past-timeout")
            .profile(
                profile ->
                    profile
                        .broker("producer.id.expiration.ms", 1_000)
                        .broker("producer.id.expiration.check.interval.ms", 500))
            .judging(LOG)
            .breaks(
                Kinds.of(AnomalyKind.DUPLICATE),
                AnomalyKind.SEND_REORDER,
                AnomalyKind.NONMONOTONIC_SEND));
  }

  /** Nothing about promises is set: what the release says itself decides. */
  private static Claim defaultsByVersion() {
    return claim(
        "defaults-by-version",
        "a producer acknowledges what one broker has, and may store it twice, unless told"
            + " otherwise",
        "breaks with clients before 3.0: acks=1, no idempotence; holds since: acks=all,"
            + " idempotence",
        HALF_TRUE,
        !CORE,
        onDefaults("loss-2.8.2", "2.8.2", "tail-loss")
            .judging(Kinds.LOG_BUT_DUPLICATES)
            .breaksOnlyIf(EnumSet.of(Cause.TRUNCATED_BY_CLEAN_ELECTION), LOSS, AFTER_TRUNCATION),
        onDefaults("loss-4.3.1", "4.3.1", "tail-loss").judging(LOG).holds(),
        onDefaults("retry-2.8.2", "2.8.2", "drop-produce-answers")
            .judging(LOG)
            .breaks(
                Kinds.of(AnomalyKind.DUPLICATE),
                AnomalyKind.SEND_REORDER,
                AnomalyKind.NONMONOTONIC_SEND),
        onDefaults("retry-4.3.1", "4.3.1", "drop-produce-answers").judging(LOG).holds());
  }

  private static ExperimentDraft onDefaults(String half, String client, String faults) {
    return half(half)
        .workload("produce-consume")
        .faults(faults)
        .client(client)
        .profile(Profiles::promisesByDefault);
  }

  private static Claim compression(String codec) {
    return claim(
        "compression-" + codec,
        "compression changes cost, not content",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume", "value-bytes", 400)
            .faults("swarm")
            .profile(profile -> profile.producer("compression.type", codec))
            .judging(LOG)
            .holds());
  }

  private static Claim recordFidelity() {
    return claim(
        "record-fidelity",
        "what is read is what was sent: topic, key, value, headers, timestamp",
        "holds; breaks with clients that have KAFKA-19012",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("memory-pressure")
            .faults("freezes")
            .profile(Profiles::notIdempotent)
            .judging(
                Kinds.of(
                    AnomalyKind.PHANTOM,
                    AnomalyKind.WIRE_CORRUPTION,
                    AnomalyKind.INCONSISTENT_OFFSETS,
                    AnomalyKind.REPLICA_DIVERGENCE,
                    AnomalyKind.LOST_WRITE,
                    AnomalyKind.TAIL_LOSS))
            .loadMs(20_000)
            .knownBug(ClientBug.KAFKA_19012)
            .holds());
  }

  private static Claim everyCallbackComes() {
    return claim(
        "every-callback-comes",
        "each send's callback and Future complete exactly once, also after close()",
        "holds; breaks with clients that have KAFKA-13794",
        !HALF_TRUE,
        !CORE,
        half("memory-pressure")
            .workload("memory-pressure")
            .faults("freezes")
            .profile(ProducerClaims::idempotent)
            .judging(Kinds.of(AnomalyKind.CALLBACK_MISSING, AnomalyKind.CLIENT_ERROR))
            .knownBug(ClientBug.KAFKA_13794)
            .loadMs(20_000)
            .holds(),
        // A record now and then: no other batch of its partition is under way when it expires.
        half("closing")
            .workload("one-partition", "producers", 8, "interval-ms", 120, "flush", false)
            .faults("closes-without-answers")
            .profile(
                profile ->
                    idempotent(profile)
                        .producer("request.timeout.ms", 1_000)
                        .producer("delivery.timeout.ms", 1_500))
            .judging(Kinds.of(AnomalyKind.CALLBACK_MISSING, AnomalyKind.CLIENT_ERROR))
            .knownBug(ClientBug.KAFKA_13794)
            .holds());
  }

  /** Clients 3.0.0 and 3.1.0 need to be told: their default did not take (KAFKA-13598). */
  private static Profile idempotent(Profile profile) {
    return profile.producer("enable.idempotence", true);
  }
}
