package dev.trial.engine.nightly;

import dev.trial.core.input.UsageException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a campaign this process holds.
 *
 * @param index from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
  /** The whole of it. */
  public static final Shard WHOLE = new Shard(1, 1);

  /** More machines than that, nobody has. */
  private static final int MOST = 10_000;

  private static final Pattern FORM = Pattern.compile("(auto|\\d{1,9})/(\\d{1,9})");

  /** Kubernetes counts an Indexed Job's pods from 0. */
  private static final String KUBERNETES = "JOB_COMPLETION_INDEX";

  private static final String SLURM = "SLURM_ARRAY_TASK_ID";
  private static final String SLURM_FIRST = "SLURM_ARRAY_TASK_MIN";

  /**
   * Parses {@code 2/4}, or {@code auto/4} where a Kubernetes Indexed Job or a Slurm array says in
   * its environment which part this is.
   */
  public static Shard parse(String text, UnaryOperator<String> environment) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException("--shard " + text + ": not a part; write 1/4, or auto/4 in a job");
    }
    int count = Integer.parseInt(matcher.group(2));
    int index =
        matcher.group(1).equals("auto")
            ? ofJob(text, environment)
            : Integer.parseInt(matcher.group(1));
    if (count < 1 || count > MOST || index < 1 || index > count) {
      throw new UsageException(
          "--shard "
              + text
              + ": part "
              + index
              + " of "
              + count
              + "; parts go from 1 to their"
              + " count, which is at most "
              + MOST);
    }
    return new Shard(index, count);
  }

  private static int ofJob(String text, UnaryOperator<String> environment) {
    String pod = environment.apply(KUBERNETES);
    if (pod != null) {
      return 1 + number(KUBERNETES, pod);
    }
    String task = environment.apply(SLURM);
    if (task != null) {
      String first = environment.apply(SLURM_FIRST);
      return 1 + number(SLURM, task) - (first == null ? 0 : number(SLURM_FIRST, first));
    }
    throw new UsageException(
        "--shard "
            + text
            + ": neither "
            + KUBERNETES
            + " nor "
            + SLURM
            + " is set here; write the part itself, as in 1/4");
  }

  private static int number(String variable, String value) {
    try {
      return Integer.parseInt(value.trim());
    } catch (NumberFormatException notNumber) {
      throw new UsageException(variable + "=" + value + ": is not a number");
    }
  }

  /** True if an item of the campaign belongs to this part. */
  public boolean has(long item) {
    return Math.floorMod(item, count) == index - 1;
  }

  /** As it is written on the command line. */
  public String text() {
    return index + "/" + count;
  }
}
