package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class JudgeSpeedTest {
  private static final long LIMIT_NS = 20_000_000_000L;

  /**
   * About a quarter of a million operations, which take a second or two; anything quadratic takes
   * minutes here. Time of the processor, as the machine may have other work.
   */
  @Test
  void aLongHistoryIsJudgedInSeconds() {
    CorrectRun run = new CorrectRun(7, 1, 100_000);
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long begunNs = thread.getCurrentThreadCpuTime();
    run.story.judge(1);
    long takenNs = thread.getCurrentThreadCpuTime() - begunNs;
    assertTrue(takenNs < LIMIT_NS, takenNs / 1_000_000 + " ms of processor time");
  }
}
