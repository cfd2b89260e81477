package dev.trial.engine.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.json.JsonFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightJournalTest {
  @TempDir private Path directory;

  private static List<NightRun> runs() {
    return List.of(
        Nights.run(0, null),
        Nights.run(1, Nights.LOST),
        Nights.ofCorpus("lost-write", Nights.LOST),
        Nights.run(2, Nights.TWICE));
  }

  private void write() {
    try (NightJournal journal = NightJournal.begin(directory, Nights.plan(4))) {
      runs().forEach(journal::add);
      journal.end();
    }
  }

  @Test
  void saysWhatWasWritten() {
    write();
    List<NightRun> read = new ArrayList<>();
    NightJournal.Content content = NightJournal.read(directory, read::add);
    assertEquals(Nights.plan(4), content.plan());
    assertTrue(content.done());
    assertEquals(runs(), read);
  }

  /** Whoever is killed leaves some first part of the file, and the next one goes on from there. */
  @Test
  void cutOffAnywhereItHasTheRunsThatWereWhole() throws IOException {
    write();
    Path file = directory.resolve(NightJournal.FILE);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int lines = (int) new String(whole, 0, length, "UTF-8").lines().count();
      boolean inLine = length > 0 && whole[length - 1] != '\n';
      int runs = Math.max(0, lines - (inLine ? 1 : 0) - 1);
      assertEquals(lines - (inLine ? 1 : 0) > 0, NightJournal.isIn(directory));
      if (NightJournal.isIn(directory)) {
        List<NightRun> read = new ArrayList<>();
        assertFalse(NightJournal.read(directory, read::add).done());
        assertEquals(runs().subList(0, runs), read);
      }
    }
  }

  @Test
  void goesOnAfterTheLastWholeLine() throws IOException {
    write();
    Path file = directory.resolve(NightJournal.FILE);
    byte[] whole = Files.readAllBytes(file);
    int second = new String(whole, "UTF-8").indexOf("\"item\":1,");
    Files.write(file, Arrays.copyOf(whole, second + 40));
    try (NightJournal journal = NightJournal.resume(directory)) {
      journal.add(Nights.run(3, null));
    }
    List<NightRun> read = new ArrayList<>();
    NightJournal.read(directory, read::add);
    assertEquals(List.of(Nights.run(0, null), Nights.run(3, null)), read);
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() throws IOException {
    Path file = directory.resolve(NightJournal.FILE);
    Files.writeString(file, "{\"version\":9}\n");
    told("journal.jsonl:1", "form 9; this trial reads form 1");
    Files.writeString(file, Nights.plan(1).toJson() + "\n{\"item\":0}\n");
    told("journal.jsonl:2", "'run' is missing");
    Files.writeString(file, "{]\n");
    told("journal.jsonl:1", "");
  }

  private void told(String place, String problem) {
    JsonFormatException refused =
        assertThrows(JsonFormatException.class, () -> NightJournal.read(directory, run -> {}));
    assertTrue(refused.getMessage().contains(place), refused.getMessage());
    assertTrue(refused.getMessage().contains(problem), refused.getMessage());
  }
}
