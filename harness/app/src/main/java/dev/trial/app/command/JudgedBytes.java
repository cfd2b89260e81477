package dev.trial.app.command;

import dev.trial.core.history.HistoryJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Whether a run's history still is the one that its verdict.json is about. */
final class JudgedBytes {
  private static final int BLOCK_BYTES = 1 << 16;

  private final StoredRun run;

  JudgedBytes(StoredRun run) {
    this.run = run;
  }

  /**
   * What to tell of a history that was changed since; null if it was not, or if nobody knows. To
   * edit one and judge it again is a use of {@code trial check}, so this is no more than a remark.
   */
  String remark() {
    try {
      String judged = run.recorded("history_sha256");
      Path file = run.directory().historyFile();
      return judged == null || judged.equals(sha256(file))
          ? null
          : file + " was changed since the run: it is not the history that verdict.json is about";
    } catch (IOException unreadable) {
      return null; // told by whoever reads it as a history
    } catch (IllegalArgumentException malformed) {
      return malformed.getMessage();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = HistoryJsonReader.lines(Files.newInputStream(file))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK_BYTES];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
