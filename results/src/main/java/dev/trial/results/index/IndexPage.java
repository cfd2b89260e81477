package dev.trial.results.index;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.header;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import dev.trial.core.verdict.Outcome;
import dev.trial.results.html.HtmlPage;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The overview as a page: findings first, then how it went, then what could not be told. */
public final class IndexPage {
  private static final int ABOUTS_SHOWN = 6;

  private final RunIndex index;
  private final String place;

  private IndexPage(RunIndex index, String place) {
    this.index = index;
    this.place = place;
  }

  /**
   * The page.
   *
   * @param place what the directory of all these runs is called
   */
  public static String of(RunIndex index, String place) {
    return new IndexPage(index, place).page();
  }

  private String page() {
    List<DomContent> parts = new ArrayList<>();
    parts.add(top());
    parts.add(findings());
    parts.add(new TrendSection(index).drawn());
    parts.add(OutcomeTable.ofAbouts(index.abouts()));
    reasons(parts, Outcome.UNKNOWN, "Unknown, and why");
    reasons(parts, Outcome.ERROR, "Failed in the harness");
    reasons(parts, Outcome.NOT_APPLICABLE, "Not applicable, and why");
    unread(parts);
    return HtmlPage.of(title(), parts);
  }

  private String title() {
    return number(index.all().runs()) + " runs, " + verdict() + " · " + place + " · Trial";
  }

  private String verdict() {
    int kinds = index.found().size();
    if (kinds > 0) {
      return kinds + (kinds == 1 ? " finding" : " findings");
    }
    return index.all().of(Outcome.ERROR) > 0 || !index.unread().isEmpty()
        ? "no finding, not all could be judged"
        : "no finding";
  }

  private DomContent top() {
    Tally all = index.all();
    boolean clean = index.found().isEmpty();
    boolean trouble = all.of(Outcome.ERROR) > 0 || !index.unread().isEmpty();
    return header(
        span(verdict()).withClasses("badge", !clean ? "bad" : trouble ? "open" : "good"),
        h1("All runs in " + place),
        facts(
            "runs", number(all.runs()),
            "as expected", number(all.of(Outcome.AS_EXPECTED)),
            "findings", number(all.of(Outcome.FINDING)),
            "unknown", number(all.of(Outcome.UNKNOWN)),
            "not applicable", number(all.of(Outcome.NOT_APPLICABLE)),
            "failed in the harness", number(all.of(Outcome.ERROR)),
            "time of clusters", TrendSection.length(all.simulatedMs())),
        words());
  }

  private static DivTag facts(String... namesAndValues) {
    DivTag facts = new DivTag();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.with(span(span(namesAndValues[i] + " ").withClass("dim"), b(namesAndValues[i + 1])));
    }
    return facts.withClass("facts");
  }

  private static DomContent words() {
    return dl(
            dt("finding"),
            dd("an anomaly that the claim, or the settings, do not allow"),
            dt("as expected"),
            dd("nothing was seen that is not allowed; of what may break, it may have broken"),
            dt("unknown"),
            dd("too little happened, or too much, to prove anything"))
        .withClass("words");
  }

  private SectionTag findings() {
    if (index.found().isEmpty()) {
      return section(
          h2("Findings"),
          p("None: no run showed an anomaly that its claim or its settings do not allow."));
    }
    return section(
        h2("Findings"),
        p("One for each kind of anomaly and cause, the gravest first.").withClass("dim"),
        each(index.found(), this::finding));
  }

  private DomContent finding(FoundAnomaly found) {
    Shown shown = found.example().shown();
    return new DivTag()
        .withClass("item")
        .with(
            h3(shown.words()),
            p(shown.sentence()),
            p(seen(found)).withClass("dim"),
            p("in " + shortened(List.copyOf(found.abouts()))).withClass("dim"),
            looks(shown.where()),
            iff(shown.where().replay() != null, replay(shown.where().replay())));
  }

  private static String seen(FoundAnomaly found) {
    String runs = number(found.runs()) + (found.runs() == 1 ? " run" : " runs");
    return found.first().equals(found.last())
        ? runs + ", in " + found.first()
        : runs + ", first in " + found.first() + ", last in " + found.last();
  }

  private static DomContent looks(Shown.Where where) {
    boolean both = where.shrunk() != null && where.report() != null;
    return p(
        iff(where.shrunk() != null, a("report of the run made small").withHref(where.shrunk())),
        iff(both, span(" · ")),
        iff(where.report() != null, a("report of the run as it was").withHref(where.report())),
        iff(where.worth() == 0, span("not stored").withClass("dim")));
  }

  private static DomContent replay(String command) {
    return code(command).withClass("replay").attr("aria-label", "command that runs it again");
  }

  private static String shortened(List<String> names) {
    return names.size() <= ABOUTS_SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, ABOUTS_SHOWN))
            + ", and "
            + (names.size() - ABOUTS_SHOWN)
            + " more";
  }

  private void reasons(List<DomContent> parts, Outcome outcome, String heading) {
    List<RunIndex.Reason> reasons = index.reasons(outcome);
    if (!reasons.isEmpty()) {
      parts.add(section(h2(heading), OutcomeTable.ofReasons(reasons)));
    }
  }

  private void unread(List<DomContent> parts) {
    if (index.unread().isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>(index.unread());
    if (index.unreadMore() > 0) {
      lines.add("and " + index.unreadMore() + " more");
    }
    parts.add(
        section(
            h2("Could not be read"),
            p("Not counted above.").withClass("dim"),
            ul(each(lines, line -> li(line)))));
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Rows with what needs a look first. */
  static List<Map.Entry<String, Tally>> byNeed(Map<String, Tally> tallies) {
    List<Map.Entry<String, Tally>> rows = new ArrayList<>(tallies.entrySet());
    rows.sort(
        Comparator.comparing((Map.Entry<String, Tally> row) -> -row.getValue().of(Outcome.FINDING))
            .thenComparing(row -> -row.getValue().of(Outcome.ERROR))
            .thenComparing(row -> -row.getValue().of(Outcome.UNKNOWN))
            .thenComparing(Map.Entry::getKey));
    return rows;
  }
}
