package dev.trial.results.index;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.trial.core.verdict.Outcome;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TdTag;
import java.util.List;
import java.util.Map;

/** Tables of counts; on a narrow screen each row becomes a few lines that name their figures. */
final class OutcomeTable {
  private static final String[] HEADINGS = {
    "runs", "as expected", "findings", "unknown", "not applicable", "failed", "with anomalies"
  };

  private OutcomeTable() {}

  static SectionTag ofAbouts(Map<String, Tally> abouts) {
    return section(
        h2("Claims and workloads"),
        of(
            "claim or workload",
            "What needs a look comes first. Where a claim says that something breaks, anomalies"
                + " are what it expects.",
            IndexPage.byNeed(abouts)));
  }

  /** A row for each tally, in that order. */
  static DomContent of(String first, String caption, List<Map.Entry<String, Tally>> rows) {
    return div(table(
                caption(caption),
                thead(
                    tr(
                        th(first).attr("scope", "col"),
                        each(
                            List.of(HEADINGS),
                            heading -> th(heading).withClass("number").attr("scope", "col")),
                        th("time of clusters").withClass("number").attr("scope", "col"))),
                tbody(each(rows, row -> row(row.getKey(), row.getValue()))))
            .withClass("stack"))
        .withClass("scroll");
  }

  private static DomContent row(String name, Tally tally) {
    return tr(
        th(name).attr("scope", "row"),
        count(0, tally.runs(), ""),
        count(1, tally.of(Outcome.AS_EXPECTED), ""),
        count(2, tally.of(Outcome.FINDING), "bad-text"),
        count(3, tally.of(Outcome.UNKNOWN), "open-text"),
        count(4, tally.of(Outcome.NOT_APPLICABLE), ""),
        count(5, tally.of(Outcome.ERROR), "bad-text"),
        count(6, tally.withAnomalies(), ""),
        td(TrendSection.length(tally.simulatedMs()))
            .withClass("number")
            .attr("data-is", "time of clusters"));
  }

  private static TdTag count(int column, int count, String marked) {
    return td(IndexPage.number(count))
        .withClasses("number", count == 0 ? "none" : marked)
        .attr("data-is", HEADINGS[column]);
  }

  static DomContent ofReasons(List<RunIndex.Reason> reasons) {
    return table(
        thead(
            tr(
                th("runs").withClass("number").attr("scope", "col"),
                th("reason (numbers are those of the first)").attr("scope", "col"))),
        tbody(
            each(
                reasons,
                reason ->
                    tr(
                        td(IndexPage.number(reason.runs())).withClass("number"),
                        td(reason.example()).withClass("text")))));
  }
}
