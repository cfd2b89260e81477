package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trial.core.history.HistoryJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as users meet it: what it prints, and its exit codes. */
class CommandLineTest {
  @TempDir private Path directory;

  @Test
  void aloneItExplainsItselfAndSuggestsTheFirstCommand() {
    Said said = trial();
    assertEquals(0, said.exit());
    assertTrue(said.out().contains("trial run"), said.out());
  }

  @Test
  void badInputIsOneLineWithTheNearestChoiceAndExit64() throws IOException {
    assertUsage(trial("run", "--claim", "acks-all-min-isr-3"), "acks-all-min-isr-2");
    assertUsage(trial("run", "--claim", "in-flight-reorder/two-in-flight"), "one-in-flight");
    assertUsage(trial("run", "--claim", "log-divergence/leader"), "log-divergence");
    assertUsage(trial("run", "--seeds", "9..3"), "3..9");
    assertUsage(trial("run", "--seeds", "one"), "1..50");
    assertUsage(trial("run", "--time", "soon"), "60s");
    assertUsage(trial("run", "--time", "0s"), "1ms to 24h");
    assertUsage(trial("run", "--time", "25h"), "1ms to 24h");
    assertUsage(trial("run", "--time", "9223372036854775808ms"), "1ms to 24h");
    assertUsage(trial("run", "--mutant", "min-insync-ignore"), "min-insync-ignored");
    assertUsage(trial("run", "--target", "simulation"), "sim");
    assertUsage(trial("run", "--workload", "burst"), "bursts");
    assertUsage(trial("run", "--workload", "bursts", "--profile", "acks1"), "acks-1");
    assertUsage(trial("run", "--claim", "log-divergence", "--profile", "acks-1"), "--workload");
    assertUsage(trial("mutants", "--score", "commit-from-old"), "commit-from-old-generation");
    assertUsage(trial("bench", "--runs", "0"), "--runs");
    assertUsage(trial("bench", "--time", "long"), "60s");
    assertUsage(trial("bench", "--claim", "log-divergance"), "log-divergence");
    assertUsage(trial("bench", "--claim", "consume-transform-produce/kip848"), "kip-848");
    assertUsage(trial("bench", "--checkers", "--time", "10m"), "--operations");
    assertUsage(trial("rnu"), "run");
    assertUsage(trial("run", "--claim", "log\ndivergence"), "'log\\ndivergence'");
    assertUsage(trial("run", "--wor\nk"), "'--wor\\nk'");
    assertUsage(trial("bench", "--runs", "1\n2"), "1\\n2");
    String register = example("register.log");
    assertUsage(trial("check", directory.toString(), "--checkers", "loss,real-tim"), "'real-time'");
    assertUsage(trial("check", directory.toString(), "--profile", "acks1"), "'acks-1'");
    assertUsage(trial("check", register, "--checkers", "loss"), "register-log has one checker");
    assertUsage(trial("check", register, "--profile", "acks-1"), "register-log is held to");
    assertUsage(trial("replay", directory.resolve("none").toString()), "no such");
    assertUsage(trial("check", directory.toString()), "no history");
  }

  private String example(String name) throws IOException {
    String line = "INFO  jepsen.util - 0\t:invoke\t:write\t3\n";
    return Files.writeString(directory.resolve(name), line).toString();
  }

  /** Bytes without an end of line look like a history that a crash cut off in its first line. */
  @Test
  void aHistoryOfNothingIsNotValid() throws IOException {
    Path garbage = directory.resolve("garbage.jsonl");
    Files.write(garbage, new byte[] {(byte) 0x9c, 7, 'x', (byte) 0xff});
    assertUsage(trial("check", garbage.toString()), "no operation");
    Path empty = Files.createFile(directory.resolve("empty.jsonl"));
    assertUsage(trial("check", empty.toString()), "no operation");
  }

  @Test
  void aProfileIsHeldToTheNamesThatAreObeyed() throws IOException {
    assertProfile("{\"topic\":{\"min.insync.replica\":1}}", "min.insync.replicas");
    assertProfile("{\"topic\":{\"compression.type\":\"gzip\"}}", "compression.type");
    assertProfile("{\"producer\":{\"ack\":1}}", "'acks'");
    assertProfile("{\"prodcer\":{}}", "producer");
    assertProfile("{", "mine.json:1:2");
    assertUsage(
        trial("run", "--workload", "bursts", "--profile", directory.resolve("no.json").toString()),
        "cannot be read");
  }

  @Test
  void aProfileIsHeldToTheValuesThatItsSettingsTake() throws IOException {
    assertProfile(
        "{\"topic\":{\"min.insync.replicas\":\"two\"}}", "a whole number from 1 to 2147483647");
    assertProfile("{\"topic\":{\"segment.bytes\":2147483648}}", "to 2147483647");
    assertProfile("{\"topic\":{\"delete.retention.ms\":-1}}", "a whole number from 0 on");
    assertProfile("{\"topic\":{\"cleanup.policy\":\"compact,del\"}}", "[compact, delete]");
    assertProfile("{\"topic\":{\"min.cleanable.dirty.ratio\":7}}", "a number from 0 to 1");
    assertProfile("{\"broker\":{\"unclean.leader.election.enable\":1}}", "true or false");
    assertProfile("{\"broker\":{\"group.consumer.migration.policy\":\"up\"}}", "upgrade");
    assertProfile("{\"producer\":{\"acks\":2}}", "[all, -1, 0, 1]");
    assertProfile("{\"producer\":{\"linger.ms\":\"soon\"}}", "producer.linger.ms: 'soon'");
    assertProfile("{\"consumer\":{\"isolation.level\":\"dirty\"}}", "read_committed");
  }

  private void assertProfile(String json, String mentions) throws IOException {
    Path file = directory.resolve("mine.json");
    Files.writeString(file, json);
    assertUsage(trial("run", "--workload", "bursts", "--profile", file.toString()), mentions);
  }

  @Test
  void aFreeRunIsHeldWithTheProfileOfAFile() throws IOException {
    Path file = directory.resolve("mine.json");
    Files.writeString(
        file, "{\"topic\":{\"min.insync.replicas\":1},\"producer\":{\"linger.ms\":7}}");
    Said run =
        trial(
            "run",
            "--workload=produce-consume",
            "--faults=none",
            "--time=5s",
            "--seed=3",
            "--profile=" + file,
            "--out=" + directory);
    assertEquals(0, run.exit(), run.out() + run.err());
    String spec =
        Files.readString(directory.resolve("produce-consume_none_mine_sim_3").resolve("spec.json"));
    JsonNode profile = new JsonMapper().readTree(spec).get("profile");
    assertEquals("7", profile.get("producer").get("linger.ms").asText());
    assertEquals("1", profile.get("topic").get("min.insync.replicas").asText());
    assertEquals("all", profile.get("producer").get("acks").asText());
  }

  @Test
  void whereNothingCanBeWrittenAnotherPlaceIsAskedFor() throws IOException {
    Path file = Files.writeString(directory.resolve("a-file"), "");
    assertUsage(
        trial("run", "--claim=log-divergence", "--seed=1", "--out=" + file.resolve("runs")),
        "--out");
  }

  private static void assertUsage(Said said, String mentions) {
    said.refused(mentions);
  }

  @Test
  void unreadableHistoriesNameThePlace() throws IOException {
    Path file = directory.resolve("history.jsonl");
    Files.writeString(
        file,
        "{\"i\":0,\"t\":0,\"p\":-1,\"s\":\"info\",\"f\":\"phase\",\"phase\":\"load\"}\n"
            + "{\"i\":oops}\n"
            + "{}\n");
    Said said = trial("check", file.toString());
    assertEquals(64, said.exit(), said.err());
    assertTrue(said.err().contains("line 2"), said.err());
  }

  @Test
  void registersOfOtherToolsAreJudged() throws IOException {
    Path file = directory.resolve("register.log");
    String write =
        "INFO  jepsen.util - 0\t:invoke\t:write\t3\nINFO  jepsen.util - 0\t:ok\t:write\t3\n";
    Files.writeString(
        file,
        write
            + "INFO  jepsen.util - 1\t:invoke\t:read\tnil\n"
            + "INFO  jepsen.util - 1\t:ok\t:read\t3\n");
    assertEquals(0, trial("check", file.toString()).exit());
    Files.writeString(
        file,
        write
            + "INFO  jepsen.util - 1\t:invoke\t:read\tnil\n"
            + "INFO  jepsen.util - 1\t:ok\t:read\t4\n");
    Said stale = trial("check", file.toString());
    assertEquals(1, stale.exit());
    assertTrue(stale.out().contains("read 4, called in line 3, answered in line 4"));
    assertTrue(
        stale.out().contains("order takes 1 operation\n    process 0: write 3"), stale.out());
    Files.writeString(file, "INFO  jepsen.util - 1\t:invoke\t:read\tnil\n");
    Files.writeString(file, "INFO  jepsen.util - 1\t:ok\t:read\t4\n", StandardOpenOption.APPEND);
    String first = trial("check", file.toString()).out();
    assertTrue(first.contains("no operation can come first, when it holds nothing"), first);
    assertUsage(trial("check", "--format", "register", file.toString()), "register-log");
    Files.writeString(file, "INFO  jepsen.util - 0\t:invoke\t:cas\t3\n");
    assertUsage(trial("check", file.toString()), "line 1");
  }

  @Test
  void listAppendHistoriesOfOtherToolsAreJudged() throws IOException {
    Path file = directory.resolve("history.edn");
    String append =
        "{:type :info, :process :nemesis, :f :start, :value nil, :index 0}\n"
            + "{:type :invoke, :process 0, :f :txn, :value [[:append 5 1]], :index 1}\n"
            + "{:type :ok, :process 0, :f :txn, :value [[:append 5 1]], :index 2}\n"
            + "{:type :invoke, :process 1, :f :txn, :value [[:r 5 nil]], :index 3}\n";
    Files.writeString(
        file, append + "{:type :ok, :process 1, :f :txn, :value [[:r 5 [1]]], :index 4}\n");
    assertEquals(0, trial("check", file.toString()).exit());
    Files.writeString(
        file, append + "{:type :ok, :process 1, :f :txn, :value [[:r 5 []]], :index 4}\n");
    Said stale = trial("check", "--json", file.toString());
    assertEquals(1, stale.exit());
    assertTrue(stale.out().contains("\"G-single-realtime\":1"), stale.out());
    Files.writeString(file, append + "{:type :ok, :process 1, :f :txn, :value [[:r 5 x]]}\n");
    assertUsage(trial("check", file.toString()), "line 5");
    assertUsage(trial("check", "--format", "list-appends", file.toString()), "list-append");
  }

  @Test
  void whatAHistoryIsOfMayBeSaidWhereItDoesNotShow() throws IOException {
    Path file = directory.resolve("history.edn");
    String read = "{:type :invoke, :process 1, :f :txn, :value [[:r 5 nil]], :index 0}\n";
    Files.writeString(
        file, read + "{:type :ok, :process 1, :f :txn, :value [[:r 5 7]], :index 1}\n");
    Said register = trial("check", "--json", "--model", "rw-register", file.toString());
    assertEquals(1, register.exit(), "nobody wrote 7");
    assertTrue(register.out().contains("phantom"), register.out());
    assertUsage(trial("check", "--model", "list-append", file.toString()), "line 2");
    assertUsage(trial("check", "--model", "registers", file.toString()), "rw-register");
    assertUsage(
        trial("check", "--format", "rw-register", "--model", "string", file.toString()),
        "a history of the form rw-register is of rw-register");
  }

  @Test
  void historiesOfJepsensKafkaWorkloadAreJudged() throws IOException {
    Path file = directory.resolve("history.edn");
    String sent =
        "{:process 0, :type :invoke, :f :send, :value [[:send 1 7]]}\n"
            + "{:process 0, :type :ok, :f :send, :value [[:send 1 [0 7]]]}\n"
            + "{:process 1, :type :invoke, :f :poll, :value [[:poll]]}\n";
    Files.writeString(
        file, sent + "{:process 1, :type :ok, :f :poll, :value [[:poll {1 [[0 7]]}]]}");
    Said valid = trial("check", file.toString());
    assertEquals(0, valid.exit(), valid.err());
    assertTrue(valid.out().startsWith("valid: 4 operations"), valid.out());
    Files.writeString(
        file, sent + "{:process 1, :type :ok, :f :poll, :value [[:poll {1 [[0 8]]}]]}");
    Said phantom = trial("check", file.toString());
    assertEquals(1, phantom.exit());
    assertTrue(phantom.out().contains("Operation 3 read value 8 at offset 0 of key 1"));
    assertEquals(0, trial("check", file.toString(), "--checkers", "sends,polls").exit());
    assertUsage(trial("check", file.toString(), "--checkers", "logs"), "one of [log, ");
    JsonNode json = new JsonMapper().readTree(trial("check", "--json", file.toString()).out());
    assertEquals(1, json.get("anomalies").get("phantom").asInt());
    Files.writeString(file, sent + "{:process 1, :type :ok, :f :poll, :value [[:poll {1 [[0");
    assertUsage(trial("check", file.toString()), "line 4, column 56");
  }

  @Test
  void runsAreStoredReplayedCheckedAndReported() throws IOException {
    String out = directory.toString();
    Said run = trial("run", "--claim", "acks-1-tail-loss", "--seed", "1", "--out", out, "--json");
    assertEquals(0, run.exit(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    JsonNode line = new JsonMapper().readTree(lines.get(0));
    assertEquals("as-expected", line.get("outcome").asText());
    assertEquals("invalid", line.get("verdict").asText());
    assertTrue(line.get("anomalies").get("lost-write").asInt() > 0);
    JsonNode summary = new JsonMapper().readTree(lines.get(1)).get("summary");
    assertEquals("as-expected", summary.get("acks-1-tail-loss").get("outcome").asText());
    assertEquals(1, summary.get("acks-1-tail-loss").get("witnesses").asInt());

    Path stored = Path.of(line.get("directory").asText());
    assertTrue(Files.exists(stored.resolve("spec.json")));
    Said replay = trial("replay", stored.toString());
    assertEquals(0, replay.exit());
    assertTrue(replay.out().startsWith("identical"), replay.out());

    Said changed = trial("replay", "--mutant", "ack-before-in-sync", stored.toString());
    assertEquals(1, changed.exit());
    assertTrue(changed.out().startsWith("first diverging event: operation"), changed.out());

    byItsClaim(stored);
    someCheckersAlone(stored);
    anotherProfile(stored);
    cutShort(stored);

    Said export = trial("export", stored.toString(), "--edn");
    assertEquals(0, export.exit(), export.err());
    assertTrue(export.out().contains("key 0 is "), export.out());
    Said exported = trial("check", stored.resolve("history.edn").toString());
    assertEquals(1, exported.exit(), exported.err());
    assertTrue(exported.out().contains("lost-write"), exported.out());
    assertUsage(trial("export", stored.toString()), "--edn");

    Files.delete(stored.resolve("report.html"));
    assertEquals(0, trial("report", stored.toString()).exit());
    String report = Files.readString(stored.resolve("report.html"));
    assertTrue(report.contains("lost-write"));
    assertFalse(
        report.matches("(?s).*(src|href)=[\"']?http.*|.*url\\(.*|.*@import.*"),
        "a report fetches nothing");
  }

  private static void byItsClaim(Path stored) throws IOException {
    Said check = trial("check", stored).exited(0);
    assertTrue(check.out().startsWith("as expected: "), check.out());
    assertTrue(check.out().contains("\n  by its claim acks-1-tail-loss: breaks: lost-write"));
    assertTrue(check.out().contains("\nlost-write: "), check.out());
    Said told = trial("check", "--json", stored).exited(0);
    assertEquals("", told.err());
    assertEquals(1, told.out().lines().count());
    JsonNode line = new JsonMapper().readTree(told.out());
    assertEquals("invalid", line.get("verdict").asText());
    assertEquals("acks-1-tail-loss", line.get("claim").asText());
    assertEquals("breaks-only-if", line.get("expected").asText());
    assertEquals("as-expected", line.get("outcome").asText());
    for (JsonNode each : line.get("details")) {
      assertTrue(each.get("expected").asBoolean(), each.toString());
      assertTrue(each.get("sentence").asText().endsWith("."), each.toString());
      assertFalse(each.get("cause").asText().isEmpty());
      assertTrue(each.get("operations").size() > 0, each.toString());
    }
    int lost = line.get("anomalies").get("lost-write").asInt();
    long detailed =
        line.get("details").findValuesAsText("anomaly").stream()
            .filter("lost-write"::equals)
            .count();
    assertEquals(lost, detailed);
  }

  /** kill -9, Ctrl-C, a full disk: the file ends somewhere in a line. */
  private void cutShort(Path stored) throws IOException {
    Path cut = Files.createDirectories(directory.resolve("cut"));
    Files.copy(stored.resolve("spec.json"), cut.resolve("spec.json"));
    byte[] lines = plain(stored);
    for (int percent : new int[] {35, 70}) {
      byte[] left = Arrays.copyOf(lines, (int) (lines.length * (long) percent / 100));
      Files.write(cut.resolve("history.jsonl"), left);
      Said said = trial("check", cut).exited(2);
      assertTrue(said.out().startsWith("unknown: the history stops in phase "), said.out());
      assertFalse(said.out().contains("final log"), said.out());
      assertFalse(said.out().contains("\nlost-write: "), said.out());
      JsonNode line = new JsonMapper().readTree(trial("check", "--json", cut).exited(2).out());
      assertTrue(line.get("stopped").asText().startsWith("the history stops in phase "));
      assertEquals("unknown", line.get("outcome").asText());
      trial("check", "--profile=acks-1", "--checkers=loss", cut).exited(2);
    }
    Files.write(cut.resolve("history.jsonl"), lines);
    trial("check", cut).exited(0);
  }

  private static byte[] plain(Path stored) throws IOException {
    try (InputStream in = HistoryJsonReader.lines(Files.newInputStream(history(stored)))) {
      return in.readAllBytes();
    }
  }

  private static void someCheckersAlone(Path stored) throws IOException {
    Said loss = trial("check", stored.toString(), "--checkers", "real-time,loss");
    assertEquals(0, loss.exit(), loss.err());
    String first = loss.out().lines().findFirst().orElseThrow();
    assertTrue(first.endsWith(" operations, judged by loss, real-time alone"), first);
    assertFalse(loss.out().contains("inconsistent-offsets"), loss.out());
    Said order = trial("check", stored.toString(), "--checkers=real-time", "--json");
    assertEquals(0, order.exit(), order.out());
    JsonNode verdict = new JsonMapper().readTree(order.out());
    assertEquals("valid", verdict.get("verdict").asText());
    assertEquals("[\"real-time\"]", verdict.get("checkers").toString());
  }

  /** Under acks=0 an answer promises nothing, so that it is no cause that a leader was elected. */
  private static void anotherProfile(Path stored) {
    Said own = trial("check", stored.toString(), "--checkers=loss");
    assertTrue(own.out().contains("truncated by clean election"), own.out());
    Said unasked = trial("check", stored.toString(), "--checkers=loss", "--profile=acks-0");
    assertEquals(1, unasked.exit(), unasked.err());
    assertFalse(unasked.out().contains("truncated by clean election"), unasked.out());
    assertTrue(unasked.out().contains("not acknowledged"), unasked.out());
  }

  @Test
  void anEditedHistoryIsFoundOut() throws IOException {
    String out = directory.toString();
    trial(
        "run",
        "--claim",
        "acks-1-tail-loss",
        "--seed",
        "2",
        "--time",
        "20s",
        "--out",
        out,
        "--json");
    Path stored = directory.resolve("acks-1-tail-loss_sim_2");
    Path plain = directory.resolve("edited");
    Files.createDirectories(plain);
    Files.copy(stored.resolve("spec.json"), plain.resolve("spec.json"));
    String edited =
        new String(plain(stored), StandardCharsets.UTF_8)
            .replaceFirst("\"key\":\"c1k1\"", "\"key\":\"forged\"");
    Files.writeString(plain.resolve("history.jsonl"), edited);
    Said said = trial("replay", plain.toString());
    assertEquals(1, said.exit());
    assertTrue(said.out().contains("forged"), said.out());
  }

  private static Path history(Path run) {
    Path compressed = run.resolve("history.jsonl.zst");
    return Files.exists(compressed) ? compressed : run.resolve("history.jsonl");
  }

  @Test
  void cataloguesListWhatCanBeTyped() {
    assertTrue(trial("claims").out().contains("acks-all-min-isr-2"));
    assertTrue(trial("workloads").out().contains("bursts"));
    assertTrue(trial("faults").out().contains("one-at-a-time"));
    assertTrue(trial("claims", "--json").out().lines().allMatch(line -> line.startsWith("{")));
    assertEquals(0, trial("doctor").exit());
  }
}
