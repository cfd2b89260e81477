package dev.trial.claims;

import dev.trial.core.run.ClientRelease;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Symptom;
import java.util.List;

/**
 * A bug of released kafka-clients that claims meet: docs/client-bugs.md has a row of each, with the
 * seed that proves it. What such a release does is expected of it, and of no other.
 */
public enum ClientBug {
  /** Callbacks never come after batches in flight were put back into the queue. */
  KAFKA_13794(
      List.of(Symptom.any(AnomalyKind.CALLBACK_MISSING), Symptom.any(AnomalyKind.CLIENT_ERROR)),
      new Releases("2.8.0", "3.0.2"),
      new Releases("3.1.0", "3.1.1")),
  /** A batch that fails again after its transaction is over takes the producer with it. */
  KAFKA_14830(
      List.of(Symptom.any(AnomalyKind.CLIENT_ERROR)),
      new Releases("2.8.0", "3.9.2"),
      new Releases("4.0.0", "4.0.2"),
      new Releases("4.1.0", "4.1.2")),
  /**
   * KIP-848's first consumers return records of a partition before they tell the application that
   * it has it.
   */
  KAFKA_16107(
      List.of(
          Symptom.saying(
              AnomalyKind.DUPLICATE_PROCESSING,
              "which took the partition over at no time in between")),
      new Releases("3.7.0", "3.8.0")),
  /** A committed offset is ignored by a consumer of KIP-848. */
  KAFKA_17066(
      List.of(Symptom.any(AnomalyKind.DUPLICATE_PROCESSING), Symptom.any(AnomalyKind.WRONG_START)),
      new Releases("3.7.0", "4.0.0")),
  /** A race of KIP-848's first consumers: they may commit what is still worked on. */
  KAFKA_18641(
      List.of(Symptom.proven(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED)),
      new Releases("3.7.0", "4.0.0")),
  /** The same again, in many runs of a minute: no race any more, and no issue of its own yet. */
  KAFKA_18641_AGAIN(
      List.of(Symptom.proven(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED)),
      new Releases("4.2.0", "4.2.1"),
      Releases.from("4.3.1")),
  /**
   * A buffer is given to the next batch while a request still writes from it: the wire sees it
   * change, a broker refuses what came of it, or takes it for another partition's.
   */
  KAFKA_19012(
      List.of(
          Symptom.saying(AnomalyKind.WIRE_CORRUPTION, "proved buffer-changed"),
          Symptom.saying(AnomalyKind.WIRE_CORRUPTION, "refused a batch that was produced to it"),
          Symptom.saying(AnomalyKind.PHANTOM, "sent to ")),
      new Releases("2.8.0", "3.9.2"),
      new Releases("4.0.0", "4.0.2"),
      new Releases("4.1.0", "4.1.2")),
  /** A poll returns what it had of partitions that it has just told to be lost. */
  KAFKA_20321(
      List.of(Symptom.proven(AnomalyKind.COMMIT_REGRESSION, Cause.READ_AFTER_LOSS)),
      new Releases("4.2.0", "4.3.0"));

  private final List<Symptom> symptoms;
  private final List<Releases> affected;

  ClientBug(List<Symptom> symptoms, Releases... affected) {
    this.symptoms = symptoms;
    this.affected = List.of(affected);
  }

  /** Releases from {@code first} on, before {@code fixed}, which is null where none is. */
  private record Releases(String first, String fixed) {

    static Releases from(String first) {
      return new Releases(first, null);
    }

    boolean contains(ClientRelease release) {
      return !release.before(first) && (fixed == null || release.before(fixed));
    }
  }

  /** Whether that release has it. */
  public boolean in(String client) {
    ClientRelease release = ClientRelease.of(client);
    return affected.stream().anyMatch(each -> each.contains(release));
  }

  /** How it shows: what looks otherwise is not excused by it. */
  List<Symptom> symptoms() {
    return symptoms;
  }

  /** Its issue, as people write it. */
  public String issue() {
    String[] parts = name().split("_");
    return parts[0] + "-" + parts[1];
  }
}
