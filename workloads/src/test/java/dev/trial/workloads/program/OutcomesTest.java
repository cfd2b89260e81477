package dev.trial.workloads.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Stage;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** The classifiers are the root of all false alarms: FAIL must mean certainly not. */
class OutcomesTest {

  @Property
  void afterSeveralPossibleAttemptsNothingIsCertain(@ForAll("errors") RuntimeException error) {
    assertEquals(Stage.INFO, SendOutcome.answered(error, false));
  }

  @Property
  void aCommitThatRetriesByItselfIsNeverCertainOnceItLeft(
      @ForAll("errors") RuntimeException error) {
    assertEquals(Stage.INFO, CommitOutcome.sync(error));
  }

  @Property
  void whatMayHaveBeenAppendedIsUnknownEvenAfterOneAttempt(
      @ForAll("indefinite") RuntimeException error) {
    assertEquals(Stage.INFO, SendOutcome.answered(error, true));
  }

  @Test
  void aRefusalOfTheOnlyAttemptIsCertain() {
    assertEquals(Stage.FAIL, SendOutcome.answered(new RecordTooLargeException(), true));
    assertEquals(Stage.FAIL, SendOutcome.answered(new NotEnoughReplicasException("2 < 3"), true));
  }

  @Test
  void whatIsRejectedBeforeItIsEnqueuedIsCertain() {
    assertEquals(Stage.FAIL, SendOutcome.local(new SerializationException()));
    assertEquals(Stage.FAIL, SendOutcome.local(new RecordTooLargeException()));
    assertEquals(Stage.FAIL, SendOutcome.local(new TimeoutException("no metadata")));
    assertEquals(Stage.FAIL, SendOutcome.local(new BufferExhaustedException("no memory")));
    String closed = "Cannot perform operation after producer has been closed";
    assertEquals(Stage.FAIL, SendOutcome.local(new IllegalStateException(closed)));
  }

  @Test
  void whatSendMayThrowAfterItEnqueuedIsUnknown() {
    assertEquals(Stage.INFO, SendOutcome.local(new KafkaException("in an error state")));
    assertEquals(Stage.INFO, SendOutcome.local(new ProducerFencedException("newer epoch")));
    assertEquals(Stage.INFO, SendOutcome.local(new IllegalStateException("pending state")));
    assertEquals(Stage.INFO, SendOutcome.local(new InterruptException("interrupted")));
  }

  @Test
  void aRefusedAsynchronousCommitIsCertain() {
    for (RuntimeException error :
        List.of(
            new CommitFailedException(),
            new FencedInstanceIdException("another"),
            new RebalanceInProgressException(),
            new InvalidGroupIdException("none"))) {
      assertEquals(Stage.FAIL, CommitOutcome.async(error), error.toString());
    }
  }

  @Test
  void anAsynchronousCommitWithoutAnswerIsUnknown() {
    for (RuntimeException error :
        List.of(
            new RetriableCommitFailedException("disconnected"),
            new TimeoutException(),
            new WakeupException(),
            new DisconnectException())) {
      assertEquals(Stage.INFO, CommitOutcome.async(error), error.toString());
    }
  }

  @Test
  void aSynchronousCommitThatNeverLeftIsCertain() {
    assertEquals(Stage.FAIL, CommitOutcome.sync(new InvalidGroupIdException("no group")));
    assertEquals(Stage.FAIL, CommitOutcome.sync(new IllegalStateException("closed")));
  }

  @Provide
  Arbitrary<RuntimeException> errors() {
    return Arbitraries.of(
        new CommitFailedException(),
        new RebalanceInProgressException(),
        new FencedInstanceIdException("another"),
        new RecordTooLargeException(),
        new NotEnoughReplicasException("2 < 3"),
        new NotEnoughReplicasAfterAppendException("2 < 3"),
        new NotLeaderOrFollowerException(),
        new TimeoutException("expiring"),
        new DisconnectException(),
        new ProducerFencedException("newer epoch"),
        new UnknownServerException(),
        new KafkaException("closed forcefully"));
  }

  @Provide
  Arbitrary<RuntimeException> indefinite() {
    return errors()
        .filter(
            error ->
                !(error instanceof RecordTooLargeException)
                    && error.getClass() != NotEnoughReplicasException.class);
  }
}
