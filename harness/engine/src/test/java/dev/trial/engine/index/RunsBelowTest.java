package dev.trial.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.results.index.IndexPage;
import dev.trial.results.index.RunIndex;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.Shrinkage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns and runs are found wherever they lie, and each is counted once. */
class RunsBelowTest {
  private static final String LOST =
      "{\"kind\":\"lost-write\",\"cause\":\"unexplained\",\"sentence\":\"gone in campaign\"}";

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void make() throws IOException {
    directory = Files.createDirectory(temporary.resolve("all of them"));
  }

  private static String plan(int shard, int shards) {
    return "{\"version\":1,\"targets\":[\"sim\"],\"client\":\"4.3.1\",\"mutants\":[\"m\"],"
        + "\"first_seed\":1,\"seeds\":4,\"budget_ms\":0,\"shard\":"
        + shard
        + ",\"shards\":"
        + shards
        + "}\n";
  }

  private static String run(int seed, String outcome, String sign) {
    return ("{'item':S,'corpus':null,'run':'seed-S','about':'bursts','target':'sim',"
            + "'client':'4.3.1','seed':S,'outcome':'O','reason':null,'anomalies':{},'sign':"
            + sign
            + ",'also':[],'operations':9,'faults':1,'simulated_ms':60000,'wall_ms':5,"
            + "'history_sha256':'ab','trace_hash':'cd','elapsed_ms':7,'points':[]}\n")
        .replace("S", String.valueOf(seed))
        .replace("'O'", "'" + outcome + "'")
        .replace('\'', '"');
  }

  private void campaign(String name, String plan, String... runs) throws IOException {
    Path campaign = Files.createDirectories(directory.resolve(name));
    Files.writeString(campaign.resolve("journal.jsonl"), plan + String.join("", runs));
  }

  private Path stored(String name, String verdict) throws IOException {
    Path run = Files.createDirectories(directory.resolve(name));
    Files.writeString(run.resolve("spec.json"), "{}");
    if (verdict != null) {
      Files.writeString(run.resolve("verdict.json"), verdict);
    }
    return run;
  }

  private static String verdict(String target, String outcome) {
    return "{\"workload\":\"bursts\",\"claim\":\"a-claim\",\"half\":\"late\",\"target\":\""
        + target
        + "\",\"seed\":3,\"outcome\":\""
        + outcome
        + "\",\"simulated_ms\":5,\"anomalies\":{},\"replay\":\"trial run --claim a-claim/late\","
        + "\"checkers\":[{\"anomalies\":["
        + "{\"anomaly\":\"lost-write\",\"cause\":\"unexplained\",\"sentence\":\"allowed\",\"expected\":true},"
        + "{\"anomaly\":\"client-error\",\"cause\":\"unexplained\",\"sentence\":\"late\",\"expected\":false},"
        + "{\"anomaly\":\"duplicate\",\"cause\":\"unexplained\",\"sentence\":\"twice\",\"expected\":false}]}]}";
  }

  private String page(RunIndex index) {
    return IndexPage.of(index, directory.toString());
  }

  @Test
  void aCampaignIsReadFromItsJournalAndItsStoredRuns() throws IOException {
    campaign("1", plan(1, 1), run(1, "as-expected", "null"), run(2, "finding", LOST));
    Path kept = stored("1/runs/seed-2", verdict("sim", "finding"));
    RunIndex index = RunsBelow.of(directory);
    assertEquals(2, index.runs(), "what a campaign stores is not counted again");
    assertTrue(page(index).contains("./trial replay &#x27;" + kept + "&#x27;"), page(index));
    Files.writeString(kept.resolve("report.html"), "");
    Files.writeString(stored("1/runs/seed-2-shrunk", null).resolve("report.html"), "");
    String page = page(RunsBelow.of(directory));
    assertTrue(page.contains("href=\"./1/runs/seed-2/report.html\""), page);
    assertTrue(page.contains("href=\"./1/runs/seed-2-shrunk/report.html\""), page);
    assertTrue(page.contains("./trial replay &#x27;" + kept + "-shrunk&#x27;"), page);
  }

  @Test
  void aRunThatIsNotStoredIsHeldAgainByItsSeed() throws IOException {
    campaign("1", plan(1, 1), run(2, "finding", LOST));
    String page = page(RunsBelow.of(directory));
    String command = "./trial nightly --seeds 2 --target sim --client 4.3.1 --mutant m";
    assertTrue(page.contains(command), page);
  }

  @Test
  void ofAStoredRunTheGravestThatIsNotAllowedIsTold() throws IOException {
    stored("deep/down/run 1", verdict("sim", "finding"));
    String page = page(RunsBelow.of(directory));
    assertTrue(page.contains("<h3>duplicate</h3><p>twice</p>"), page);
    assertTrue(page.contains("a-claim/late"), page);
    stored("deep/down/run 1", verdict("kafka:4.3.1", "finding"));
    String live = page(RunsBelow.of(directory));
    assertTrue(live.contains("./trial run --claim a-claim/late"), "real time: " + live);
  }

  @Test
  void theSmallFormOfARunIsPartOfIt() throws IOException {
    stored("run", verdict("sim", "finding"));
    Path small = stored("run_shrunk", verdict("sim", "finding"));
    Shrinkage.Sizes sizes = new Shrinkage.Sizes(1, 1, 1, 1, 1, 1);
    RunDirectory.open(small).shrinkage(new Shrinkage("run", 9, false, sizes, sizes));
    Files.writeString(small.resolve("report.html"), "");
    RunIndex index = RunsBelow.of(directory);
    assertEquals(1, index.runs());
    assertTrue(page(index).contains("href=\"./run_shrunk/report.html\""), page(index));
    RunDirectory.open(small).shrinkage(new Shrinkage("elsewhere", 9, false, sizes, sizes));
    assertEquals(2, RunsBelow.of(directory).runs(), "what it was made of is not here");
  }

  @Test
  void linksAreRelativeAndHoldAnyName() {
    assertEquals("./a:b/c%20%23%3F%C3%BC", Links.link(Path.of("a:b", "c #?\u00fc")));
    assertEquals("a/b-1", Links.quoted("a/b-1"));
    assertEquals("'it'\\''s $x'", Links.quoted("it's $x"));
  }

  @Test
  void partsOfAMergedCampaignAreNotCountedAgain() throws IOException {
    String[] runs = {run(1, "as-expected", "null"), run(2, "as-expected", "null")};
    campaign("part-1/1", plan(1, 2), runs[0]);
    campaign("part-2/1", plan(2, 2), runs[1]);
    assertEquals(2, RunsBelow.of(directory).runs());
    campaign("merged/1", plan(1, 1), runs);
    assertEquals(2, RunsBelow.of(directory).runs());
  }

  @Test
  void whatIsDamagedIsToldAndTheRestIsCounted() throws IOException {
    campaign("1", plan(1, 1), run(1, "as-expected", "null"));
    campaign("2", "{\"version\":9}\n");
    stored("cut", "{\"outcome\":");
    stored("nothing", verdict("sim", "finding").replace("false", "true"));
    stored("interrupted", null);
    RunIndex index = RunsBelow.of(directory);
    assertEquals(1, index.runs());
    String told = String.join("\n", index.unread());
    assertEquals(4, index.unread().size(), told);
    assertTrue(told.contains("form 9; this trial reads form 1"), told);
    assertTrue(told.contains("cut/verdict.json"), told);
    assertTrue(told.contains("says finding, and has no anomaly"), told);
    assertTrue(told.contains("interrupted: has no verdict.json"), told);
  }
}
