package dev.trial.results.index;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.i;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import dev.trial.core.verdict.Outcome;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How it went over time: a bar for each campaign or day, or for each stretch of a single one. */
final class TrendSection {
  private static final int ROWS_UNFOLDED = 12;
  private static final long MS_PER_MINUTE = 60_000;
  private static final long MS_PER_HOUR = 60 * MS_PER_MINUTE;

  private final RunIndex index;

  TrendSection(RunIndex index) {
    this.index = index;
  }

  SectionTag drawn() {
    boolean several = index.periods().size() > 1;
    Map<String, Tally> bars = several ? newest() : stretches();
    String what = several ? "a bar for each campaign or day, oldest first" : ofStretches();
    return section(h2("Over time"), bars(bars, what), legend(what), periods());
  }

  private String ofStretches() {
    int length = index.series().length();
    return length == 1
        ? "a bar for each run, in their order"
        : "a bar for each " + length + " runs, in their order";
  }

  /** As many as can be told apart. */
  private Map<String, Tally> newest() {
    Map<String, Tally> bars = new LinkedHashMap<>();
    index.periods().entrySet().stream()
        .skip(Math.max(0, index.periods().size() - RunSeries.MOST))
        .forEach(period -> bars.put(period.getKey(), period.getValue()));
    return bars;
  }

  private Map<String, Tally> stretches() {
    Map<String, Tally> bars = new LinkedHashMap<>();
    int length = index.series().length();
    int first = 1;
    for (Tally stretch : index.series().stretches()) {
      int last = first + stretch.runs() - 1;
      bars.put(length == 1 ? "run " + first : "runs " + first + " to " + last, stretch);
      first = last + 1;
    }
    return bars;
  }

  private static DomContent bars(Map<String, Tally> tallies, String what) {
    int most = tallies.values().stream().mapToInt(Tally::runs).max().orElse(1);
    return div(each(tallies.entrySet(), bar -> bar(bar.getKey(), bar.getValue(), most)))
        .withClass("bars")
        .attr("role", "img")
        .attr("aria-label", "runs by outcome, " + what + "; the table below has the figures");
  }

  private static DomContent bar(String label, Tally tally, int most) {
    return span(
            part("bad", tally.of(Outcome.FINDING), most),
            part("bad", tally.of(Outcome.ERROR), most),
            part("open", tally.of(Outcome.UNKNOWN), most),
            part("mute", tally.of(Outcome.NOT_APPLICABLE), most),
            part("good", tally.of(Outcome.AS_EXPECTED), most))
        .withTitle(
            label
                + ": "
                + tally.runs()
                + " runs, "
                + tally.of(Outcome.FINDING)
                + " findings, "
                + tally.of(Outcome.UNKNOWN)
                + " unknown");
  }

  /** One in a thousand is seen as well. */
  private static DomContent part(String kind, int runs, int most) {
    String height = String.format(Locale.ROOT, "%.2f%%", 100.0 * runs / most);
    return iff(runs > 0, i().withClass(kind).withStyle("height:" + height + ";min-height:3px"));
  }

  private static DomContent legend(String what) {
    return p(
            i().withClass("good"),
            text("as expected"),
            i().withClass("bad"),
            text("finding, or failed in the harness"),
            i().withClass("open"),
            text("unknown"),
            i().withClass("mute"),
            text("not applicable · " + what))
        .withClass("legend");
  }

  private DomContent periods() {
    List<Map.Entry<String, Tally>> rows = new ArrayList<>(index.periods().entrySet());
    Collections.reverse(rows);
    DomContent table = OutcomeTable.of("campaign or day", "Newest first.", rows);
    return rows.size() <= ROWS_UNFOLDED
        ? table
        : details(summary(rows.size() + " campaigns and days"), table);
  }

  /** A length of time in the two units that say most. */
  static String length(long ms) {
    long hours = ms / MS_PER_HOUR;
    long minutes = ms % MS_PER_HOUR / MS_PER_MINUTE;
    if (hours > 0) {
      return IndexPage.number(hours) + " h " + minutes + " min";
    }
    return minutes > 0
        ? minutes + " min " + ms % MS_PER_MINUTE / 1_000 + " s"
        : String.format(Locale.ROOT, "%.1f s", ms / 1e3);
  }
}
