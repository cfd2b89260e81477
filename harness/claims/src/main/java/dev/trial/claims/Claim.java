package dev.trial.claims;

import dev.trial.core.run.ClaimName;
import dev.trial.core.run.HalfName;
import java.util.List;
import java.util.Optional;

/**
 * A sentence on trial.
 *
 * @param halfTrue marks a well-known sentence that is wrong or only half true
 * @param core runs with {@code trial run} without flags
 * @param halves the experiments, usually one; a half-true sentence has one for each half
 */
public record Claim(
    String id,
    Section section,
    String sentence,
    String expected,
    boolean halfTrue,
    boolean core,
    List<Experiment> halves) {

  public Claim {
    halves = List.copyOf(halves);
  }

  /** The half of that name. */
  public Optional<Experiment> half(HalfName name) {
    return halves.stream().filter(each -> each.half().equals(name)).findFirst();
  }

  /** The claim, and its half if it has several: how a spec and a report name an experiment. */
  public ClaimName name(Experiment experiment) {
    return new ClaimName(id, experiment.half());
  }

  Claim withHalves(List<Experiment> some) {
    return new Claim(id, section, sentence, expected, halfTrue, core, some);
  }

  /** Where the claim stands in the catalogue. */
  public enum Section {
    REPLICATION("Replication, acks, elections"),
    TOPICS("Topics, retention, compaction, partitions"),
    PRODUCERS("Producers"),
    TRANSACTIONS("Transactions"),
    CONSUMERS("Consumers and groups");

    private final String title;

    Section(String title) {
      this.title = title;
    }

    /** The heading in the catalogue. */
    public String title() {
      return title;
    }
  }
}
