package dev.trial.app.table;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.header;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.trial.core.json.StrictObject;
import dev.trial.engine.compare.Harm;
import dev.trial.engine.compare.Standing;
import dev.trial.engine.index.Links;
import dev.trial.results.html.HtmlPage;
import dev.trial.results.store.RunDirectory;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.TdTag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A comparison as a page: the safest contender first, each harm with the run that shows it. */
public final class ComparePage {
  private final List<Standing> standings;
  private final CompareTable table;
  private final Path directory;
  private final Path out;

  /**
   * Of all contenders over the same seeds.
   *
   * @param file where the page goes: its links are relative
   * @param out where witnesses are stored
   */
  public ComparePage(List<Standing> standings, Path file, Path out) {
    this.standings = standings.stream().sorted(safestFirst()).toList();
    this.table = new CompareTable(this.standings);
    this.directory = file.toAbsolutePath().normalize().getParent();
    this.out = out;
  }

  /** Whoever suffers the gravest harm in the most runs comes last; then the slowest. */
  private static Comparator<Standing> safestFirst() {
    Comparator<Standing> order = Comparator.comparing(standing -> standing.runs() == 0);
    for (Harm harm : Harm.values()) {
      order = order.thenComparing(standing -> share(standing, harm));
    }
    return order
        .thenComparing(Standing::worstGapMs)
        .thenComparing(standing -> standing.latencyMs(99))
        .thenComparing(standing -> standing.contender().name());
  }

  private static double share(Standing standing, Harm harm) {
    Standing.Suffered suffered = standing.harms().get(harm);
    return suffered == null ? 0 : (double) suffered.runs() / standing.runs();
  }

  /**
   * The page.
   *
   * @param about names and values of what was held, in turn
   */
  public String page(List<String> about) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(header(h1(title()), facts(about), words()));
    parts.add(section(h2("Side by side"), side()));
    parts.add(section(h2("The first run that shows it"), each(standings, this::witnesses)));
    told(parts, "No such settings give that away", Standing::notAllowed);
    told(parts, "Unknown", Standing::silent);
    return HtmlPage.of(title() + " · Trial", parts);
  }

  private String title() {
    return standings.size() + " contenders compared";
  }

  private static DivTag facts(List<String> about) {
    DivTag facts = div().withClass("facts");
    for (int i = 0; i < about.size(); i += 2) {
      facts.with(span(span(about.get(i) + " ").withClass("dim"), b(about.get(i + 1))));
    }
    return facts;
  }

  private static DomContent words() {
    return dl(
            dt("3/8 (12)"),
            dd("shown in 3 of 8 runs, by 12 records or pieces of work; follow it to the first run"),
            dt("gap"),
            dd("the longest time of a run in which a partition acknowledged nothing"),
            dt("no owner"),
            dd("the time in which a partition of a group had no consumer"))
        .withClass("words");
  }

  private DomContent side() {
    List<String> headings = new ArrayList<>();
    table.shown().forEach(harm -> headings.add(harm.words()));
    headings.addAll(CompareTable.FIGURES);
    return div(table(
                caption("The same seeds and faults for each; the safest comes first."),
                thead(
                    tr(
                        th("contender").attr("scope", "col"),
                        each(
                            headings,
                            heading -> th(heading).withClass("number").attr("scope", "col")))),
                tbody(each(standings, this::row)))
            .withClass("stack"))
        .withClass("scroll");
  }

  private DomContent row(Standing standing) {
    List<DomContent> cells = new ArrayList<>();
    cells.add(th(standing.contender().name()).attr("scope", "row"));
    table.shown().forEach(harm -> cells.add(harm(standing, harm)));
    List<String> figures = CompareTable.figures(standing);
    for (int i = 0; i < figures.size(); i++) {
      cells.add(number(CompareTable.FIGURES.get(i)).withText(figures.get(i)));
    }
    return tr(each(cells, cell -> cell));
  }

  private static TdTag number(String what) {
    return td().withClass("number").attr("data-is", what);
  }

  private static DomContent harm(Standing standing, Harm harm) {
    String cell = CompareTable.cell(standing, harm);
    return standing.harms().containsKey(harm)
        ? number(harm.words()).with(a(cell).withHref("#" + id(standing, harm)))
        : number(harm.words()).withText(cell);
  }

  private static String id(Standing standing, Harm harm) {
    return StrictObject.idOf(harm) + "-" + standing.contender().name().replace(' ', '-');
  }

  private DomContent witnesses(Standing standing) {
    DivTag item = div().withClass("item").with(h3(standing.contender().name()));
    if (standing.harms().isEmpty()) {
      item.with(p("None of these, in " + runs(standing.runs()) + ".").withClass("dim"));
    }
    standing.harms().forEach((harm, suffered) -> item.with(witness(standing, harm, suffered)));
    if (!standing.others().isEmpty()) {
      item.with(p("Also seen: " + others(standing)).withClass("dim"));
    }
    return item;
  }

  private DomContent witness(Standing standing, Harm harm, Standing.Suffered suffered) {
    Path run = out.resolve(suffered.witness());
    return div(
            p(b(harm.words()), text(" " + CompareTable.cell(standing, harm) + " "), report(run)),
            code("./trial replay " + Links.quoted(run.toString())).withClass("replay"))
        .withId(id(standing, harm));
  }

  private DomContent report(Path run) {
    Path report = run.resolve(RunDirectory.REPORT).toAbsolutePath().normalize();
    return Files.isRegularFile(report)
        ? a("report").withHref(Links.link(directory.relativize(report)))
        : span("");
  }

  private static String others(Standing standing) {
    List<String> kinds = new ArrayList<>();
    standing.others().forEach((kind, runs) -> kinds.add(kind + " in " + runs(runs)));
    return String.join(", ", kinds);
  }

  private static String runs(int count) {
    return count + (count == 1 ? " run" : " runs");
  }

  private interface Lines {
    List<String> of(Standing standing);
  }

  private void told(List<DomContent> parts, String heading, Lines lines) {
    List<String> all = standings.stream().flatMap(each -> lines.of(each).stream()).toList();
    if (!all.isEmpty()) {
      parts.add(section(h2(heading), ul(each(all, line -> li(line)))));
    }
  }
}
