package dev.trial.engine.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Profiles;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.RunSpecJson;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.shrink.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @TempDir private Path directory;

  private static Entry entry(long seed, State state) {
    RunSpec spec =
        new RunSpec(
            null,
            "bursts",
            Parameters.of("producers", 1),
            Profiles.BASE,
            "sim",
            "4.3.1",
            seed,
            5_000,
            List.of(),
            List.of());
    return new Entry(
        new Sign(AnomalyKind.DUPLICATE, Cause.DELIVERY_TIMEOUT),
        "bursts",
        "Value 7 lies at two offsets.",
        state,
        DAY,
        DAY.plusDays(seed),
        spec);
  }

  @Test
  void keepsEntriesAsFilesThatAreSpecs() throws IOException {
    Corpus corpus = Corpus.read(directory.resolve("new"));
    corpus.put(entry(3, State.OPEN));
    Path file = directory.resolve("new/duplicate_delivery-timeout.json");
    assertEquals(entry(3, State.OPEN).spec(), RunSpecJson.parse(Files.readString(file), "it"));
    assertEquals(
        List.of(entry(3, State.OPEN)),
        List.copyOf(Corpus.read(directory.resolve("new")).entries()));
  }

  @Test
  void ofTwoShardsTheOneThatSawItIsRight() {
    Entry both = entry(3, State.FIXED).and(entry(9, State.OPEN));
    assertEquals(State.OPEN, both.state());
    assertEquals(9, both.spec().seed());
    assertEquals(DAY.plusDays(9), both.lastSeen());
    assertEquals(3, entry(9, State.OPEN).and(entry(3, State.OPEN)).spec().seed());
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    Corpus.read(directory).put(entry(3, State.OPEN));
    Path file = directory.resolve("duplicate_delivery-timeout.json");
    String good = Files.readString(file);
    refused(file, good.replace("\"version\": 1", "\"version\": 2"), "form 2");
    refused(
        file,
        good.replace("\"first_seen\": \"2026-03-01", "\"first_seen\": \"today"),
        "first_seen");
    refused(
        file, good.replace("\"cause\": \"delivery", "\"cause\": \"deliver"), "delivery-timeout");
    refused(file, good.replace("bursts", "burst"), "did you mean 'bursts'");
    refused(file, good.substring(0, good.length() / 2), file.toString());
    Files.writeString(file, good);
    Files.move(file, directory.resolve("other.json"));
    refusedAs(directory.resolve("other.json"), "must be called duplicate_delivery-timeout.json");
  }

  private void refused(Path file, String text, String problem) throws IOException {
    assertNotEquals(Files.readString(file), text);
    Files.writeString(file, text);
    refusedAs(file, problem);
  }

  private void refusedAs(Path file, String problem) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> Corpus.read(directory));
    assertTrue(
        refused instanceof JsonFormatException
            || refused instanceof dev.trial.core.input.UsageException,
        refused.toString());
    assertTrue(refused.getMessage().contains(file.getFileName().toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains(problem), refused.getMessage());
  }
}
