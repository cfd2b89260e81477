package dev.trial.app.command;

import java.util.Locale;

/** Sizes of files and heaps as people read them. */
final class Megabytes {
  private static final double BYTES = 1 << 20;
  private static final int WHOLE_FROM = 10;

  private Megabytes() {}

  /** Whole from ten on, else with a decimal. */
  static String of(long bytes) {
    double megabytes = bytes / BYTES;
    return String.format(Locale.ROOT, megabytes < WHOLE_FROM ? "%.1f MB" : "%.0f MB", megabytes);
  }
}
