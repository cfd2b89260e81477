package dev.trial.engine.byclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of releases that differ from the newest, and of those that do not. */
class ClientTableTest {

  private static ClientVerdict verdict(
      String client, String about, Outcome outcome, List<String> bugs, String reason) {
    return new ClientVerdict(
        client, ClaimName.of(about), 2, outcome, Map.of("duplicate", 1), bugs, reason);
  }

  private static ClientVerdict fine(String client, String about) {
    return verdict(client, about, Outcome.AS_EXPECTED, List.of(), null);
  }

  @Test
  void neighboursThatDoTheSameAreOneRow() {
    ClientTable table =
        new ClientTable(
            List.of(
                verdict("2.8.2", "a/kip", Outcome.NOT_APPLICABLE, List.of(), "has no such group"),
                verdict("3.6.2", "a/kip", Outcome.NOT_APPLICABLE, List.of(), "has none"),
                verdict("3.9.2", "a/kip", Outcome.AS_EXPECTED, List.of("KAFKA-1"), null),
                fine("4.0.2", "a/kip"),
                verdict("4.1.2", "a/kip", Outcome.FINDING, List.of(), "lost"),
                fine("4.3.1", "a/kip"),
                fine("2.8.2", "b"),
                fine("4.3.1", "b")));
    assertEquals(
        List.of(
            new Difference(List.of("2.8.2", "3.6.2"), "not applicable", "has no such group"),
            new Difference(List.of("3.9.2"), "as expected, with KAFKA-1", null),
            new Difference(List.of("4.1.2"), "finding", "lost")),
        table.different().get(0).differences());
    assertEquals("2.8.2 to 3.6.2", table.different().get(0).differences().get(0).range());
    assertEquals(List.of("b"), table.alike().stream().map(row -> row.about().toString()).toList());
    assertEquals(Outcome.FINDING, table.outcome());
    assertEquals(16, table.runs());
  }

  /** A witness is what a claim of breakage owes: with which seed it came makes no difference. */
  @Test
  void aWitnessIsAsExpected() {
    ClientTable table =
        new ClientTable(
            List.of(verdict("3.9.2", "a", Outcome.WITNESS, List.of(), null), fine("4.3.1", "a")));
    assertEquals(List.of(), table.different());
  }

  @Test
  void aLineIsReadAsItWasWritten() {
    ClientVerdict written =
        verdict("3.9.2", "a/kip", Outcome.FINDING, List.of("KAFKA-1"), "it \"lost\" 2");
    String line = ClientVerdictJson.write(written).toString();
    assertEquals(written, read(line));
    String newer = line.replace("\"version\":1", "\"version\":2");
    String told = assertThrows(JsonFormatException.class, () -> read(newer)).getMessage();
    assertEquals("line: version 2 is not 1", told);
  }

  private static ClientVerdict read(String line) {
    return ClientVerdictJson.read(StrictObject.of(ReadableJson.parse(line, "line"), "line"));
  }
}
