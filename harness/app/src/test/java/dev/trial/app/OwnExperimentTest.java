package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.run.RunSpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specs, faults and parameters that somebody wrote or changed, judged like any run. */
class OwnExperimentTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** The second names a topic that is not there, the third hits what it cannot hit. */
  private static final String FAULTS =
      """
      [{"at_ms":100,"length_ms":200,"fault":{"kind":"pause"},
        "whom":{"role":"leader","topic":"orders","partition":0}},
       {"at_ms":200,"length_ms":0,"fault":{"kind":"kill"},
        "whom":{"role":"leader","topic":"ordrs","partition":0}},
       {"at_ms":300,"length_ms":100,"fault":{"kind":"drop-answer","api":"produce","count":1},
        "whom":{"role":"client","name":"producer-1"}}]
      """;

  @TempDir private Path directory;

  private Said run(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "run";
    all[1] = "--json";
    all[2] = "--out=" + directory.resolve("out");
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return trial(all);
  }

  private static JsonNode line(Said said) throws IOException {
    return JSON.readTree(said.out().lines().findFirst().orElseThrow());
  }

  private static void toldOfTwo(Said said) {
    List<String> lines = said.err().lines().toList();
    assertEquals(2, lines.size(), said.err());
    assertTrue(lines.get(0).startsWith("trial: fault 2 (kill at 200 ms) hit nobody"), said.err());
    assertTrue(lines.get(1).contains("fault 3 (drop-answer at 300 ms) hit nobody"), said.err());
  }

  @Test
  void aSpecUnderAnyNameIsHeldAndJudged() throws IOException {
    ObjectNode spec = SpecText.plain();
    spec.set("faults", JSON.readTree(FAULTS));
    Path file = Files.writeString(directory.resolve("mine.json"), spec.toString());
    SpecText.write(directory, SpecText.plain().put("seed", 99)); // another, beside it
    Said said = run(file).exited(0);
    toldOfTwo(said);
    JsonNode line = line(said);
    assertEquals(3, line.get("seed").asInt());
    assertEquals("valid", line.get("verdict").asText());
    assertEquals(2, line.at("/statistics/faults-that-hit-nobody").asInt(), said.out());
    Path stored = directory.resolve("out").resolve(line.get("run").asText());
    assertTrue(Files.exists(stored.resolve("verdict.json")));
    trial("replay", stored).exited(0);
    trial("replay", file).refused("mine.json: is a spec alone", "./trial run");
    JsonNode again = line(run(stored).exited(0));
    assertEquals(line.get("history_sha256"), again.get("history_sha256"));
    assertNotEquals(line.get("run"), again.get("run"), "nothing of its own is written over");
    Files.writeString(file, spec.put("load_ms", 600).toString());
    assertNotEquals(line.get("run"), line(run(file).exited(0)).get("run"));
    assertEquals(3, run(file, "--seeds=5..6").exited(0).out().lines().count());
  }

  @Test
  void aSpecOfAClaimIsJudgedByIt() throws IOException {
    ObjectNode spec = SpecText.plain().put("claim", "acks-1-tail-loss");
    Path file = Files.writeString(directory.resolve("calm.json"), spec.toString());
    Said said = run(file).exited(1);
    assertEquals("acks-1-tail-loss", line(said).get("claim").asText());
    assertTrue(said.err().contains("finding: acks-1-tail-loss: expected breaks"), said.err());
  }

  @Test
  void faultsAndParametersOfAFreeRun() throws IOException {
    Path file = Files.writeString(directory.resolve("my faults.json"), FAULTS);
    Said said =
        run(
            "--workload=produce-consume",
            "--faults=" + file,
            "--param=producers=1",
            "--time=1s",
            "--seed=2");
    toldOfTwo(said.exited(0));
    Path stored = directory.resolve("out").resolve(line(said).get("run").asText());
    String spec = Files.readString(stored.resolve("spec.json"));
    ArrayNode written = (ArrayNode) JSON.readTree(spec).get("faults");
    assertEquals(JSON.readTree(FAULTS), written);
    assertEquals("1", RunSpecJson.parse(spec, "spec").parameters().values().get("producers"));
    assertFalse(stored.getFileName().toString().contains(" "));
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("f.json"), FAULTS);
    Path spec = Files.writeString(directory.resolve("s.json"), SpecText.plain().toString());
    String bursts = "--workload=bursts";
    run(bursts, "--faults=" + file, "--time=100ms").refused("[1].at_ms is 200, after the load");
    run(bursts, "--faults=" + file + ",kill").refused("a file stands alone");
    run(bursts, "--faults=none.json").refused("none.json: cannot be read");
    run(bursts, "--faults=" + spec).refused("expected an array of faults");
    Files.writeString(file, FAULTS.replace("\"pause\"", "\"paus\""));
    run(bursts, "--faults=" + file).refused("f.json[0]", "'pause'");
    run(bursts, "--param=producrs=2").refused("did you mean 'producers'?");
    run(bursts, "--param=producers=two").refused("'two' is not a whole number from 1 to 100");
    run(bursts, "--param=producers").refused("write name=value");
    run(bursts, "--param=burst=2", "--param=burst=3").refused("burst is given twice");
    run("--param=producers=2").refused("--param goes with --workload");
    run(spec, bursts).refused("is a spec, which says all");
    run(spec, "--all").refused("is a spec, which says all");
    run(spec, "--param=burst=2").refused("--param goes with --workload");
    Files.writeString(spec, SpecText.plain().put("workload", "burst").toString());
    run(spec).refused("s.json", "did you mean 'bursts'?");
  }
}
