package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.Kinds.LOG;

import dev.trial.claims.Claim.Section;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;

/** What disks do to logs that are replicated; the row of a lost page cache is among section A. */
final class DiskClaims {

  private DiskClaims() {}

  static List<Claim> all() {
    return List.of(diskErrorStopsBroker(), diskCorruptionDetected(), diskLostOneAtATime());
  }

  private static Claim claim(String id, String sentence, String expected, Experiment... halves) {
    return new Claim(id, Section.REPLICATION, sentence, expected, false, false, List.of(halves));
  }

  private static Claim diskErrorStopsBroker() {
    return claim(
        "disk-error-stops-broker",
        "a broker whose only log directory fails ends, and acknowledges nothing it could not write",
        "holds: the client is told KAFKA_STORAGE_ERROR and finds the next leader (KAFKA-10778)",
        hardware("failure", "disks-fail").holds(),
        hardware("full", "disks-full").holds(),
        hardware("unreadable", "disks-unreadable").holds());
  }

  private static Claim diskCorruptionDetected() {
    return claim(
        "disk-corruption-detected",
        "a torn write or a flipped bit is found by its checksum at recovery, and copied again",
        "holds: what was acknowledged by two others is there, and no application sees other bytes;"
            + " a batch's base offset and leader epoch are outside of its checksum, there replicas"
            + " may differ, one with a hole may lead, and one may refuse what it fetches",
        hardware("torn-write", "writes-torn").holds(),
        hardware("bit-flip", "bits-flip")
            .holdsWithin(
                EnumSet.of(
                    Cause.DELIVERY_TIMEOUT,
                    Cause.LEADER_RESTARTED,
                    Cause.FIRST_BATCH_OVERTAKEN,
                    Cause.BIT_FLIPPED,
                    Cause.CONSEQUENCE_OF_TRUNCATION),
                EnumSet.of(
                    AnomalyKind.DUPLICATE,
                    AnomalyKind.LOST_WRITE,
                    AnomalyKind.READ_THEN_LOST,
                    AnomalyKind.INCONSISTENT_OFFSETS,
                    AnomalyKind.STUCK_REPLICA,
                    AnomalyKind.WIRE_CORRUPTION),
                AnomalyKind.REPLICA_DIVERGENCE));
  }

  private static Claim diskLostOneAtATime() {
    return claim(
        "disk-lost-one-at-a-time",
        "acks=all with min.insync.replicas=2 survives the loss of one disk at a time",
        "holds: a broker that comes back empty is out of sync until it has copied everything",
        experiment().workload("produce-consume").faults("disks-lost").judging(LOG).holds());
  }

  private static ExperimentDraft hardware(String name, String faults) {
    return half(name).workload("produce-consume").faults(faults).judging(LOG);
  }
}
