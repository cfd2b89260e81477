package dev.trial.app.command;

import dev.trial.core.verdict.Anomaly;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.shrink.Repeated;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.shrink.Size;
import dev.trial.results.store.RunSummary;
import dev.trial.results.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A shrunk run for people: its size before and after, and its story. */
final class ShrunkText {
  private static final double MS_PER_SECOND = 1e3;

  private ShrunkText() {}

  static List<String> lines(Shrunk shrunk, RunSummary kept) {
    List<String> lines = new ArrayList<>();
    lines.add(shrunk.sign().words() + ", after " + shrunk.held() + " runs" + more(shrunk));
    sizes(lines, shrunk.before(), shrunk.after());
    story(lines, shrunk.sign(), shrunk.smallest());
    lines.add("  ./" + kept.again());
    return lines;
  }

  static List<String> lines(Repeated shrunk) {
    List<String> lines = new ArrayList<>();
    lines.add(
        shrunk.sign().words()
            + ", after "
            + shrunk.held()
            + " runs in real time: "
            + shrunk.rate().words());
    sizes(lines, shrunk.before(), shrunk.after());
    story(lines, shrunk.sign(), shrunk.smallest());
    lines.add("  ./" + shrunk.smallest().summary().again());
    return lines;
  }

  private static void story(List<String> lines, Sign sign, RunResult smallest) {
    Anomaly anomaly = sign.in(smallest.outcome());
    lines.add("");
    Story.of(smallest.history()).forEach(line -> lines.add("  " + line));
    lines.add("  " + anomaly.kind().id() + ": " + anomaly.sentence());
  }

  private static String more(Shrunk shrunk) {
    return shrunk.cutShort() ? ", when the budget was spent or it was told to end" : "";
  }

  private static void sizes(List<String> lines, Size before, Size after) {
    lines.add(row("", "before", "after"));
    lines.add(row("faults", before.faults(), after.faults()));
    lines.add(row("clients", before.clients(), after.clients()));
    lines.add(row("client operations", before.operations(), after.operations()));
    lines.add(row("partitions", before.partitions(), after.partitions()));
    lines.add(row("nodes", before.nodes(), after.nodes()));
    lines.add(row("load", seconds(before.loadMs()), seconds(after.loadMs())));
  }

  private static String row(String what, Object before, Object after) {
    return String.format(Locale.ROOT, "  %-18s%9s%9s", what, before, after);
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / MS_PER_SECOND);
  }
}
