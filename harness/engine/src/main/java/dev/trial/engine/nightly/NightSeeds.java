package dev.trial.engine.nightly;

import dev.trial.engine.coverage.Coverage;
import dev.trial.engine.draw.Draw;
import dev.trial.engine.draw.Drawn;
import java.util.Optional;
import java.util.Set;

/**
 * Which seeds are held, one after the other. What a seed stands for never depends on this; only
 * whether it is held does, where there is time for some.
 */
final class NightSeeds {
  /** Of so many seeds the one is held that touches what was rarely touched. */
  static final int WINDOW = 4;

  private final NightPlan plan;
  private final Draw draw;
  private final Coverage coverage;
  private final Set<Long> done;
  private long item = -1;

  /**
   * The seeds of a plan in one world.
   *
   * @param coverage what runs have touched so far, kept by whoever holds them
   * @param done items that were held already
   */
  NightSeeds(NightPlan plan, Draw draw, Coverage coverage, Set<Long> done) {
    this.plan = plan;
    this.draw = draw;
    this.coverage = coverage;
    this.done = done;
  }

  /** An item and what was drawn for it. */
  record Item(long number, Drawn drawn) {}

  /** The next one; empty when all are held. */
  synchronized Optional<Item> next() {
    do {
      item++;
    } while (done.contains(item) || !plan.shard().has(item));
    if (plan.seeds() > 0 && item >= plan.seeds()) {
      return Optional.empty();
    }
    return Optional.of(new Item(item, plan.seeds() > 0 ? only() : rarest()));
  }

  private Drawn only() {
    return draw.of(plan.firstSeed() + item);
  }

  private Drawn rarest() {
    Drawn rarest = null;
    double most = -1;
    for (int i = 0; i < WINDOW; i++) {
      Drawn candidate = draw.of(plan.firstSeed() + item * WINDOW + i);
      double rarity = rarity(candidate);
      if (rarity > most) {
        most = rarity;
        rarest = candidate;
      }
    }
    return rarest;
  }

  private double rarity(Drawn candidate) {
    synchronized (coverage) {
      return coverage.rarity(candidate.planned());
    }
  }
}
