package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JudgeSpeedTest {

  /** About a quarter of a million operations; anything quadratic takes minutes here. */
  @Test
  void aLongHistoryIsJudgedInSeconds() {
    CorrectRun run = new CorrectRun(7, 1, 100_000);
    assertTimeout(Duration.ofSeconds(20), () -> run.story.judge(1));
  }
}
