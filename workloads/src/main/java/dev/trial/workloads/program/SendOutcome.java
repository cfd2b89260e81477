package dev.trial.workloads.program;

import dev.trial.core.history.Stage;
import java.util.Set;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/**
 * Tells what an error of {@code send()} says about the record: FAIL only where it certainly is in
 * no log, INFO for all the rest. A wrong FAIL is a false alarm later, a wrong INFO only a weaker
 * check.
 */
public final class SendOutcome {

  /** Refusals that a broker decides on before it appends anything. */
  private static final Set<Class<?>> REFUSED_BEFORE_APPEND =
      Set.of(
          CorruptRecordException.class,
          InvalidTimestampException.class,
          InvalidTopicException.class,
          NotEnoughReplicasException.class,
          RecordTooLargeException.class,
          TopicAuthorizationException.class,
          UnsupportedForMessageFormatException.class);

  private SendOutcome() {}

  /**
   * For an error that {@code send()} threw, or handed to the callback on the calling thread before
   * it returned (it does so with each ApiException). Clients from 3.3 on may still throw after the
   * record was enqueued, for a producer in an error state: such errors are not certain.
   */
  public static Stage local(Throwable error) {
    boolean beforeEnqueue =
        error instanceof SerializationException
            || error instanceof TimeoutException
            || error instanceof RecordTooLargeException
            || error instanceof InvalidTopicException
            || error instanceof TopicAuthorizationException
            || saysClosed(error);
    return beforeEnqueue ? Stage.FAIL : Stage.INFO;
  }

  /**
   * For an error that the callback brought later. A definite refusal proves nothing about an
   * earlier attempt of the same batch, so it counts only where there can be no earlier one.
   *
   * @param oneAttempt true if the producer runs with retries=0
   */
  public static Stage answered(Throwable error, boolean oneAttempt) {
    return oneAttempt && REFUSED_BEFORE_APPEND.contains(error.getClass()) ? Stage.FAIL : Stage.INFO;
  }

  private static boolean saysClosed(Throwable error) {
    return error.getClass() == IllegalStateException.class
        && String.valueOf(error.getMessage()).contains("producer has been closed");
  }
}
