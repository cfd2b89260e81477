package dev.trial.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Verdict;
import dev.trial.results.html.HtmlPage;
import dev.trial.results.store.RunSummary;
import dev.trial.results.store.Shrinkage;
import j2html.utils.EscapeUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes report.html: everything inline, nothing fetched. Texts reach the page as JSON in which no
 * tag can be closed, and the page shows them as text only.
 */
public final class HtmlReport {
  private static final JsonMapper MAPPER = new JsonMapper();

  private HtmlReport() {}

  /**
   * The page.
   *
   * @param sentence the claim's sentence, null for a free run
   * @param unexpected the anomalies that make the run a finding
   */
  public static String of(
      RunSummary summary,
      String sentence,
      History history,
      Verdict verdict,
      List<Anomaly> unexpected) {
    return of(summary, sentence, history, verdict, unexpected, null);
  }

  /**
   * The page of a run that was made small.
   *
   * @param shrinkage what it was before; null of a run as it was held
   */
  public static String of(
      RunSummary summary,
      String sentence,
      History history,
      Verdict verdict,
      List<Anomaly> unexpected,
      Shrinkage shrinkage) {
    ObjectNode report = MAPPER.createObjectNode();
    report.set("summary", summary.toJson());
    report.put("sentence", sentence);
    report.set("settings", settings(summary));
    statistics(summary, report.putArray("statistics"));
    new ProofSection(history, unexpected).describe(verdict.anomalies(), report);
    List<Section> sections = new ArrayList<>(sections());
    if (shrinkage != null) {
      sections.add(new StorySection(shrinkage, partitions(verdict)));
    }
    for (Operation operation : history.operations()) {
      sections.forEach(section -> section.see(operation));
    }
    sections.forEach(section -> section.describe(report));
    return page(title(summary), report);
  }

  private static List<Section> sections() {
    return List.of(
        new PhaseSection(),
        new FaultSection(),
        new TrafficSection(),
        new ProcessSection(),
        new LeadershipSection(),
        new GroupSection(),
        new LagSection());
  }

  private static Set<PartitionId> partitions(Verdict verdict) {
    return verdict.anomalies().stream()
        .map(Anomaly::partition)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Tells the tabs of a browser apart. */
  private static String title(RunSummary summary) {
    String about =
        summary.claim() == null ? summary.spec().workload() : summary.spec().claim().toString();
    return String.join(
        " · ", about, summary.outcome().words(), "seed " + summary.spec().seed(), "Trial");
  }

  private static void statistics(RunSummary summary, ArrayNode list) {
    summary
        .statistics()
        .forEach(
            (key, value) ->
                list.addObject()
                    .put("key", key)
                    .put("words", StatisticText.of(key))
                    .put("value", value));
  }

  private static ObjectNode settings(RunSummary summary) {
    ObjectNode node = MAPPER.createObjectNode();
    summary.spec().profile().producer().forEach((k, v) -> node.put("producer " + k, v));
    summary.spec().profile().consumer().forEach((k, v) -> node.put("consumer " + k, v));
    summary.spec().profile().topic().forEach((k, v) -> node.put("topic " + k, v));
    summary.spec().profile().broker().forEach((k, v) -> node.put("broker " + k, v));
    return node;
  }

  private static String page(String title, ObjectNode report) {
    try {
      String data = MAPPER.writeValueAsString(report).replace("<", "\\u003c");
      return resource("report.html")
          .replace("TITLE", EscapeUtil.escape(title))
          .replace("/*UPLOT_CSS*/", resource("uplot.css"))
          .replace("/*PAGE_CSS*/", HtmlPage.css())
          .replace("/*REPORT_CSS*/", resource("report.css"))
          .replace("/*UPLOT_JS*/", resource("uplot.js"))
          .replace("/*REPORT_JS*/", script())
          .replace("{\"report\":\"data\"}", data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String script() {
    return String.join(
        "\n", resource("report.js"), resource("plots.js"), resource("lanes.js"), "drawAll();");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
