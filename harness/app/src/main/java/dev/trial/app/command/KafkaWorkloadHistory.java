package dev.trial.app.command;

import dev.trial.checkers.jepsen.InformationCycles;
import dev.trial.checkers.jepsen.KafkaHistory;
import dev.trial.checkers.jepsen.KafkaHistoryReader;
import dev.trial.checkers.jepsen.KafkaJudge;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A history of Jepsen's Kafka workload, judged by that workload's rules. */
final class KafkaWorkloadHistory {
  private final HistoryFile file;
  private final long limitMs;
  private final Set<String> chosen;

  /**
   * A history to judge.
   *
   * @param limitMs what each check may take
   * @param chosen ids of the checks that are asked, all of them if empty
   */
  KafkaWorkloadHistory(HistoryFile file, long limitMs, Set<String> chosen) {
    this.file = file;
    this.limitMs = limitMs;
    this.chosen = chosen;
  }

  /** Judges and prints; the exit code. */
  int check(boolean json) {
    KafkaHistory history = read();
    KafkaJudge all = new KafkaJudge(new InformationCycles(), () -> new MachineBudget(limitMs));
    KafkaJudge judge = chosen.isEmpty() ? all : all.only(chosen);
    return new VerdictPrinter(judge.judge(history), history.size(), chosen).print(json);
  }

  private KafkaHistory read() {
    try (InputStream in = file.bytes()) {
      KafkaHistory history = KafkaHistoryReader.read(in);
      if (history.size() == 0) {
        throw file.empty();
      }
      return history;
    } catch (IOException e) {
      throw file.refused(e);
    }
  }
}
