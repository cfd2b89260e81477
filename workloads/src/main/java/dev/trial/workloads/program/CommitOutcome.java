package dev.trial.workloads.program;

import dev.trial.core.history.Stage;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** Tells what an error of a commit says about the committed offsets: FAIL only where certain. */
public final class CommitOutcome {

  /** Answers with which the coordinator leaves the committed offsets as they were. */
  private static final Set<Class<?>> REFUSED =
      Set.of(
          CommitFailedException.class,
          FencedInstanceIdException.class,
          GroupAuthorizationException.class,
          InvalidCommitOffsetSizeException.class,
          OffsetMetadataTooLarge.class,
          RebalanceInProgressException.class);

  private CommitOutcome() {}

  /**
   * For an error that {@code commitSync} threw. It retries by itself, so that even a refusal may
   * follow an attempt that was carried out and whose answer was lost; only a call that never left
   * the client is certain.
   */
  public static Stage sync(Throwable error) {
    return local(error) ? Stage.FAIL : Stage.INFO;
  }

  /** For an error of {@code commitAsync}, which tries once. */
  public static Stage async(Throwable error) {
    return local(error) || REFUSED.contains(error.getClass()) ? Stage.FAIL : Stage.INFO;
  }

  private static boolean local(Throwable error) {
    return error instanceof IllegalArgumentException
        || error instanceof IllegalStateException
        || error instanceof InvalidGroupIdException;
  }
}
