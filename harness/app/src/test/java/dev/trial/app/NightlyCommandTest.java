package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.engine.draw.Draw;
import dev.trial.engine.nightly.NightJournal;
import dev.trial.engine.nightly.NightRun;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial nightly} and {@code trial merge} as people type them. */
class NightlyCommandTest {
  private static final String MUTANT = "ack-before-in-sync";
  private static final String DEFECT = "--mutant=" + MUTANT;

  /** The claim that this defect breaks in any run. */
  private static final String CLAIM = "min-isr-protects-acks-1/acks-all";

  @TempDir private Path directory;

  private Path campaigns(String name) {
    return directory.resolve(name);
  }

  private static SortedMap<Long, String> hashes(Path campaign) {
    List<NightRun> runs = new ArrayList<>();
    NightJournal.read(campaign, runs::add);
    SortedMap<Long, String> hashes = new TreeMap<>();
    runs.stream()
        .filter(NightRun::drawn)
        .forEach(run -> assertEquals(null, hashes.put(run.seed(), run.traceHash()), "once"));
    return hashes;
  }

  @Test
  void whoeverIsKilledGoesOnAndCountsNothingTwice() throws IOException {
    Path out = campaigns("killed");
    Said.trial("nightly", "--seeds=11..12", "--out=" + out, "--parallel=2", "--json").exited(0);
    SortedMap<Long, String> whole = hashes(out.resolve("1"));
    assertEquals(2, whole.size());
    Path journal = out.resolve("1").resolve(NightJournal.FILE);
    byte[] bytes = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(bytes, bytes.length / 2));
    Said said = Said.trial("nightly", "--seeds=11..12", "--out=" + out, "--parallel=1").exited(0);
    assertTrue(said.err().contains("goes on with " + out.resolve("1")), said.err());
    assertEquals(whole, hashes(out.resolve("1")), "the same runs, with one worker as with two");
    Said.trial("merge", out, out.resolve("1"), "--out=" + campaigns("m")).refused("both part 1/1");
    whatCannotBeWrittenIsToldAfterTheTable(out);
  }

  private static long seedOf(String claim) {
    try (Target target = SpecFixture.simulation()) {
      Draw draw = new Draw(target, Targets.DEFAULT_CLIENT, List.of(MUTANT));
      return LongStream.iterate(1, seed -> seed + 1)
          .filter(seed -> draw.of(seed).about().equals(claim))
          .findFirst()
          .getAsLong();
    }
  }

  /** A defect is found, made smaller, kept; found first the next time; told as fixed. */
  @Test
  void aFindingIsKeptUntilItIsFixed() throws IOException {
    Path out = campaigns("kept");
    String corpus = "--corpus=" + Files.createDirectory(campaigns("corpus"));
    long seed = seedOf(CLAIM);
    String seeds = "--seeds=" + seed;
    Said found =
        Said.trial("nightly", seeds, DEFECT, corpus, "--shrink=1s", "--out=" + out).exited(1);
    assertTrue(found.out().contains("new             lost-write"), found.out());
    assertTrue(found.out().contains("./trial replay " + out.resolve("1/runs/seed-" + seed)));
    Said again = Said.trial("nightly", "--seeds=12", DEFECT, corpus, "--out=" + out).exited(1);
    assertTrue(again.out().contains("still there     lost-write"), again.out());
    Said fixed = Said.trial("nightly", "--seeds=12", corpus, "--out=" + out).exited(0);
    assertTrue(fixed.out().contains("fixed           lost-write"), fixed.out());
    damagedEntriesAreRefused(campaigns("corpus"));
  }

  /** An entry that this trial cannot read is named, before any run. */
  private static void damagedEntriesAreRefused(Path corpus) throws IOException {
    Path entry;
    try (Stream<Path> files = Files.list(corpus)) {
      entry = files.findFirst().get();
    }
    String good = Files.readString(entry);
    for (String[] damage :
        new String[][] {
          {"\"version\": 1", "\"version\": 2", "is of form 2; this trial reads form 1"},
          {"\"load_ms\": ", "\"load_ms\": -", "load_ms"},
          {"\"workload\": \"", "\"workload\": \"x", "did you mean"},
          {"\"seed\":", "\"sead\":", "did you mean 'seed'"}
        }) {
      String bad = good.replace(damage[0], damage[1]);
      assertNotEquals(good, bad, damage[0]);
      Files.writeString(entry, bad);
      Said.trial("nightly", "--corpus=" + corpus).refused(entry.toString(), damage[2]);
    }
  }

  /** A directory in the file's way stands for a disk that is full when all is held. */
  private static void whatCannotBeWrittenIsToldAfterTheTable(Path out) throws IOException {
    Path journal = out.resolve("1").resolve(NightJournal.FILE);
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 1));
    Path summary = out.resolve("1/summary.json");
    Files.delete(summary);
    Files.createDirectories(summary.resolve("in-the-way"));
    Said said = Said.trial("nightly", "--seeds=11..12", "--out=" + out).exited(70);
    assertTrue(said.out().contains("2 as expected, 0 findings, 0 unknown"), said.out());
    String told = said.err().lines().reduce((one, next) -> next).get();
    assertTrue(told.startsWith("trial: " + summary + " cannot be written: "), said.err());
    assertEquals(lines, Files.readAllLines(journal), "no run is lost, none is held again");
  }

  @Test
  void badInputIsOneLineBeforeAnyRun() throws IOException {
    Said.trial("nightly", "--budget=0s").refused("--budget 0s: takes 1ms to 24h");
    Said.trial("nightly", "--shard=5/4").refused("--shard 5/4");
    Said.trial("nightly", "--target=sin").refused("sim");
    Said.trial("nightly", "--corpus=" + campaigns("no")).refused("there is no such directory");
    Path corpus = Files.createDirectory(campaigns("damaged"));
    Files.writeString(corpus.resolve("x.json"), "{\"claim\":nul}");
    Said.trial("nightly", "--corpus=" + corpus).refused(corpus.resolve("x.json").toString());
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    Said.trial("nightly", "--out=" + file).refused(file.toString());
    Said.trial("merge", directory.resolve("nowhere")).refused("no campaign is in it");
  }
}
