package dev.trial.broker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defects;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ProducerStatesTest {
  private final MemoryDisk disk = new MemoryDisk();
  private PartitionLog log = open();

  private PartitionLog open() {
    return new PartitionLog(
        disk,
        "log/t/0",
        new LogSettings(500, 1 << 20, Long.MAX_VALUE, 1, TimestampSettings.ofClients(1)),
        0,
        Defects.NONE);
  }

  private LeaderAppend send(int epoch, int sequence, int count) {
    ByteBuffer batch = Batches.idempotent(7, epoch, sequence, 0, count, 0);
    return log.appendAsLeader(batch, 0, Origin.CLIENT, 0);
  }

  @Test
  void duplicatesOfTheLastFiveBatchesAreAnsweredWithTheirOffset() {
    for (int i = 0; i < 6; i++) {
      assertEquals(i * 2, send(0, i * 2, 2).baseOffset());
    }
    for (int i = 1; i < 6; i++) {
      LeaderAppend again = send(0, i * 2, 2);
      assertTrue(again.duplicate());
      assertEquals(i * 2, again.baseOffset());
      assertEquals(i * 2 + 1, again.lastOffset());
    }
    assertEquals(
        Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(0, 0, 2).error(), "forgotten: five are kept");
    assertEquals(12, log.endOffset());
  }

  @Test
  void gapsAndEpochs() {
    assertEquals(Errors.NONE, send(3, 41, 1).error(), "unknown producer: any sequence");
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(3, 43, 1).error());
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, send(2, 42, 1).error());
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(4, 42, 1).error(), "must begin at 0");
    assertEquals(Errors.NONE, send(4, 0, 1).error());
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, send(3, 42, 1).error());
  }

  @Property(tries = 100)
  void wrapsAround(@ForAll @IntRange(min = 1, max = 9) int count) {
    ProducerStates states = new ProducerStates(Defects.NONE);
    int first = Integer.MAX_VALUE - 3;
    RecordBatchView batch = new RecordBatchView(Batches.idempotent(1, 0, first, 0, count, 0));
    states.appended(batch);
    int next = (int) ((first + (long) count) & Integer.MAX_VALUE);
    RecordBatchView after = new RecordBatchView(Batches.idempotent(1, 0, next, 0, 1, 0));
    assertEquals(Errors.NONE, states.check(after));
    assertTrue(states.duplicateOf(batch).isPresent());
    RecordBatchView gap =
        new RecordBatchView(Batches.idempotent(1, 0, (next + 1) & Integer.MAX_VALUE, 0, 1, 0));
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, states.check(gap));
  }

  @Test
  void rebuiltOnRecoveryAndTruncation() {
    send(0, 0, 1);
    send(0, 1, 1);
    send(0, 2, 1);
    log = open();
    assertTrue(send(0, 2, 1).duplicate());
    log.truncateTo(2);
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(0, 3, 1).error());
    assertEquals(2, send(0, 2, 1).baseOffset());
  }

  @Test
  void expiresByTheLastRecordsTime() {
    send(0, 0, 1);
    log.producers().expire(99, 100);
    assertEquals(1, log.producers().size());
    log.producers().expire(100, 100);
    assertEquals(0, log.producers().size());
    assertEquals(Errors.NONE, send(0, 55, 1).error());
  }
}
