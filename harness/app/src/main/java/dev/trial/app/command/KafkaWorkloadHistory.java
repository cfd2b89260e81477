package dev.trial.app.command;

import dev.trial.app.input.UsageException;
import dev.trial.checkers.jepsen.InformationCycles;
import dev.trial.checkers.jepsen.KafkaHistory;
import dev.trial.checkers.jepsen.KafkaHistoryReader;
import dev.trial.checkers.jepsen.KafkaJudge;
import dev.trial.core.history.HistoryFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A history of Jepsen's Kafka workload, judged by that workload's rules. */
final class KafkaWorkloadHistory {
  private final Path file;
  private final long limitMs;

  /** Each check may take {@code limitMs}. */
  KafkaWorkloadHistory(Path file, long limitMs) {
    this.file = file;
    this.limitMs = limitMs;
  }

  /** Judges and prints; the exit code. */
  int check(boolean json) {
    KafkaHistory history = read();
    KafkaJudge judge = new KafkaJudge(new InformationCycles(), () -> new MachineBudget(limitMs));
    return new VerdictPrinter(judge.judge(history), history.size()).print(json);
  }

  private KafkaHistory read() {
    try (InputStream in = Files.newInputStream(file)) {
      return KafkaHistoryReader.read(in);
    } catch (HistoryFormatException malformed) {
      throw new UsageException(file + ": " + malformed.getMessage());
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
