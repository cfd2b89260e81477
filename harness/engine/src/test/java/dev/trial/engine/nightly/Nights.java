package dev.trial.engine.nightly;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.shrink.Sign;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Campaigns and runs made up for tests. */
final class Nights {
  static final Sign LOST = new Sign(AnomalyKind.LOST_WRITE, Cause.UNEXPLAINED);
  static final Sign TWICE = new Sign(AnomalyKind.DUPLICATE, Cause.UNEXPLAINED);

  private Nights() {}

  static NightPlan plan(long seeds) {
    return new NightPlan(List.of("sim"), "4.3.1", List.of(), 100, seeds, 0, Shard.WHOLE);
  }

  static NightPlan part(int index, int count) {
    return new NightPlan(List.of("sim"), "4.3.1", List.of(), 100, 10, 0, new Shard(index, count));
  }

  static NightRun run(long item, Sign sign) {
    return run(item, null, 100 + item, sign);
  }

  static NightRun ofCorpus(Entry entry, Sign sign) {
    return run(NightRun.OF_CORPUS, entry.name(), entry.spec().seed(), sign);
  }

  static NightRun ofCorpus(String entry, Sign sign) {
    return run(NightRun.OF_CORPUS, entry, 1, sign);
  }

  private static NightRun run(long item, String corpus, long seed, Sign sign) {
    return new NightRun(
        item,
        corpus,
        corpus == null ? "seed-" + (100 + item) : "corpus-" + corpus,
        item % 2 == 0 ? "bursts" : "acks-1-tail-loss",
        "sim",
        "4.3.1",
        seed,
        sign == null ? Outcome.AS_EXPECTED : Outcome.FINDING,
        null,
        sign == null ? Map.of() : Map.of(sign.kind().id(), 2),
        sign,
        sign == null ? null : "it was \"so\" ü",
        List.of(),
        1_000 + item,
        3,
        60_000,
        500,
        "ab" + item,
        "cd" + item,
        1_000 * (item + 2),
        new TreeSet<>(List.of("claim:x", "fault:kill > leader")));
  }
}
