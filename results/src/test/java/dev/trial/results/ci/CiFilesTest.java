package dev.trial.results.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;

/** What CI servers are given, held to the public schema and to a reader that is not ours. */
class CiFilesTest {
  private static final String MESSAGE = "Value 7 <&> \"k\" lies at two offsets";

  private static CiRun run(String about, String name, Outcome outcome, String message) {
    boolean finding = outcome == Outcome.FINDING;
    return new CiRun(
        about,
        name,
        outcome,
        finding ? AnomalyKind.DUPLICATE : null,
        finding ? Cause.DELIVERY_TIMEOUT : null,
        message,
        finding ? "first seen 2026-03-01" : null,
        "trial replay results/runs/" + name,
        "my corpus/" + name + ".json",
        1_234);
  }

  private static List<CiRun> runs() {
    List<CiRun> runs = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      runs.add(run("bursts", "seed-" + outcome.ordinal(), outcome, MESSAGE));
    }
    runs.add(run("acks-1-tail-loss/half", "seed-9", Outcome.FINDING, MESSAGE));
    return runs;
  }

  private static List<ReportTestSuite> parsed(String xml) throws Exception {
    TestSuiteXmlParser parser = new TestSuiteXmlParser(new NullConsoleLogger());
    InputStream bytes = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    return parser.parse(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void surefireReadsTheXml() throws Exception {
    List<ReportTestSuite> suites = parsed(JUnitXml.of(runs()));
    ReportTestSuite bursts =
        suites.stream()
            .filter(suite -> suite.getFullClassName().endsWith("bursts"))
            .findFirst()
            .get();
    assertTrue(
        suites.stream().anyMatch(suite -> suite.getFullClassName().endsWith("loss/half")),
        suites.toString());
    assertEquals(6, bursts.getNumberOfTests());
    assertEquals(1, bursts.getNumberOfFailures());
    assertEquals(1, bursts.getNumberOfErrors());
    assertEquals(2, bursts.getNumberOfSkipped());
    assertTrue(
        bursts.getTestCases().stream()
            .anyMatch(each -> each.hasFailure() && each.getFailureMessage().equals(MESSAGE)));
  }

  /** Sentences hold keys and values that applications chose. */
  @Property(tries = 200)
  void anyTextMakesAFileThatCanBeRead(@ForAll String text) throws Exception {
    List<CiRun> odd = List.of(run(text, text, Outcome.FINDING, text));
    assertEquals(1, parsed(JUnitXml.of(odd)).get(0).getNumberOfFailures());
    assertEquals(List.of(), problems(Sarif.of("0.1.0", odd)));
  }

  @Test
  void theSarifFileKeepsToTheSchema() throws Exception {
    String sarif = Sarif.of("0.1.0", runs());
    assertEquals(List.of(), problems(sarif));
    JsonNode run = new JsonMapper().readTree(sarif).at("/runs/0");
    assertEquals(1, run.at("/tool/driver/rules").size());
    assertEquals(2, run.at("/results").size(), "the findings, and nothing else");
    assertEquals(
        "my%20corpus/seed-4.json",
        run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri").asText());
    assertEquals(
        "duplicate/delivery-timeout/bursts",
        run.at("/results/0/partialFingerprints/trial~1v1").asText());
  }

  @Test
  void whatTheSchemaDoesNotAllowIsSeen() {
    String wrong = Sarif.of("0.1.0", runs()).replace("\"ruleIndex\"", "\"ruleIdx\"");
    assertTrue(!problems(wrong).isEmpty());
  }

  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(CiFilesTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"));
  }

  private static List<String> problems(String json) {
    return SCHEMA.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }
}
