package dev.trial.engine.campaign;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Runs done, findings so far, simulated time per second and time left; nothing off a terminal. */
final class Progress implements AutoCloseable {
  private final ProgressBar bar;
  private final long startNs = System.nanoTime();
  private long simulatedMs;
  private int findings;

  Progress(int runs, boolean visible) {
    bar =
        visible
            ? new ProgressBarBuilder()
                .setTaskName("trial")
                .setInitialMax(runs)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  synchronized void done(long runSimulatedMs, boolean finding) {
    if (bar == null) {
      return;
    }
    simulatedMs += runSimulatedMs;
    findings += finding ? 1 : 0;
    double wallMs = Math.max(1, (System.nanoTime() - startNs) / 1e6);
    bar.setExtraMessage(
        findings + " findings, " + Math.round(simulatedMs / wallMs) + "x real time");
    bar.step();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
