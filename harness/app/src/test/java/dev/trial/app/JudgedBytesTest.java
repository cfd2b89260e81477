package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.trial.results.store.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that is not the one that was judged, on purpose or by a failing disk. */
class JudgedBytesTest {
  private static final String NOTE =
      "{\"i\":0,\"t\":1,\"p\":-1,\"s\":\"info\",\"f\":\"note\",\"text\":\"x\"}\n";
  private static final String SHA256_OF_NOTE =
      "f277d1bf28a784ea4cc7a4d61f868189f478984edc2cc34d3254c3c24148374d";

  @TempDir private Path run;

  private Said check(String history, String verdict) throws IOException {
    Files.writeString(run.resolve("history.jsonl"), history);
    Files.writeString(run.resolve("verdict.json"), verdict);
    return trial("check", run);
  }

  @Test
  void aChangedHistoryIsJudgedWithARemark() throws IOException {
    String verdict = "{\"history_sha256\":\"" + SHA256_OF_NOTE + "\"}";
    Said same = check(NOTE, verdict);
    assertEquals("", same.err());
    Said changed = check(NOTE.replace("\"x\"", "\"y\""), verdict);
    assertEquals(same.exit(), changed.exit());
    assertEquals(same.out(), changed.out());
    assertEquals(1, changed.err().lines().count(), changed.err());
    assertTrue(changed.err().contains("history.jsonl was changed since the run"), changed.err());
  }

  @Test
  void aDamagedVerdictDoesNotKeepAHistoryFromBeingJudged() throws IOException {
    Said said = check(NOTE, "{\"history");
    assertEquals(1, said.err().lines().count(), said.err());
    assertTrue(said.err().contains("verdict.json:1:"), said.err());
    assertEquals(check(NOTE, "{}").exit(), said.exit());
  }

  @Test
  void aFlippedBitOfACompressedHistoryIsToldByItsChecksum() throws IOException {
    Path spec = Files.createDirectories(run.resolve("stored"));
    SpecText.write(spec, SpecText.plain());
    byte[] lines =
        NOTE.replace("\"x\"", "\"" + "x".repeat(300_000) + "\"").getBytes(StandardCharsets.UTF_8);
    RunDirectory.open(spec).history(lines, lines.length);
    Path file = spec.resolve("history.jsonl.zst");
    byte[] packed = Files.readAllBytes(file);
    assertEquals(lines.length, Zstd.decompress(packed, lines.length).length);
    packed[packed.length - 1] ^= 1;
    Files.write(file, packed);
    trial("check", spec).refused("the compressed data are damaged", "checksum");
  }
}
