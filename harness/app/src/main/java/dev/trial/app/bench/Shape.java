package dev.trial.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a made history is like.
 *
 * <p>The figures: partitions, the share in percent of records that go to the first of them, the
 * sends of a transaction (0 for none), and the shares in percent of transactions or sends that
 * fail, and of those whose outcome nobody learns.
 */
public enum Shape {
  MANY_KEYS(64, 0, 0, 1, 1),
  HOT_KEY(8, 95, 0, 1, 1),
  LONG_TRANSACTIONS(16, 0, 50, 2, 1),
  MANY_ABORTED(16, 0, 5, 40, 1),
  MANY_INDETERMINATE(16, 0, 0, 1, 30);

  final int partitions;
  final int hotPercent;
  final int sendsOfTransaction;
  final int failedPercent;
  final int unknownPercent;

  Shape(
      int partitions,
      int hotPercent,
      int sendsOfTransaction,
      int failedPercent,
      int unknownPercent) {
    this.partitions = partitions;
    this.hotPercent = hotPercent;
    this.sendsOfTransaction = sendsOfTransaction;
    this.failedPercent = failedPercent;
    this.unknownPercent = unknownPercent;
  }

  /** As it is typed. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Shape::id).toList();
  }
}
