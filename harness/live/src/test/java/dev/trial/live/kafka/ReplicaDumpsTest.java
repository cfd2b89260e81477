package dev.trial.live.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.payload.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas as Kafka keeps them: segments by base offset, and the epochs' checkpoint. */
class ReplicaDumpsTest {
  private static final PartitionId ORDERS = new PartitionId("orders", 1);

  @TempDir private Path disk;
  private Path log;

  @BeforeEach
  void log() throws IOException {
    log = Files.createDirectories(disk.resolve("orders-1"));
  }

  @Test
  void allSegmentsAreReadInOrder() throws IOException {
    Files.write(log.resolve("00000000000000000005.log"), batch(5, 2, 40, 41));
    Files.write(log.resolve("00000000000000000007.log"), batch(7, 3, 42));
    Files.writeString(log.resolve("leader-epoch-checkpoint"), "0\n2\n2 5\n3 7\n");

    assertEquals(
        Optional.of(
            new ReplicaLog(
                ORDERS,
                1,
                true,
                5,
                7,
                8,
                List.of(new EpochStart(2, 5), new EpochStart(3, 7)),
                List.of(
                    new Logged(5, 2, 40, false),
                    new Logged(6, 2, 41, false),
                    new Logged(7, 3, 42, false)))),
        ReplicaDumps.read(disk, ORDERS, 1, true, 7));
  }

  @Test
  void aFollowersWatermarkIsNotAheadOfItsLog() throws IOException {
    Files.write(log.resolve("00000000000000000000.log"), batch(0, 0, 1, 2));

    ReplicaLog read = ReplicaDumps.read(disk, ORDERS, 1, false, 9).orElseThrow();

    assertEquals(2, read.highWatermark());
  }

  @Test
  void aTornBatchIsNotPartOfTheLog() throws IOException {
    byte[] whole = batch(0, 0, 1);
    byte[] next = batch(1, 0, 2);
    byte[] torn = Arrays.copyOf(whole, whole.length + next.length - 1);
    System.arraycopy(next, 0, torn, whole.length, next.length - 1);
    Files.write(log.resolve("00000000000000000000.log"), torn);

    ReplicaLog read = ReplicaDumps.read(disk, ORDERS, 1, true, 1).orElseThrow();

    assertEquals(1, read.logEnd());
    assertEquals(List.of(new Logged(0, 0, 1, false)), read.records());
  }

  @Test
  void bytesThatAreNoPayloadHaveNoValue() throws IOException {
    SimpleRecord other = new SimpleRecord("key".getBytes("UTF-8"), "other".getBytes("UTF-8"));
    Files.write(
        log.resolve("00000000000000000000.log"),
        bytes(MemoryRecords.withRecords(0, Compression.NONE, 0, other)));

    ReplicaLog read = ReplicaDumps.read(disk, ORDERS, 1, true, 1).orElseThrow();

    assertEquals(List.of(new Logged(0, 0, Delivered.NO_VALUE, false)), read.records());
  }

  @Test
  void aDiskWithoutTheReplicaSaysNothing() {
    assertEquals(
        Optional.empty(), ReplicaDumps.read(disk, new PartitionId("orders", 9), 1, true, 0));
  }

  private static byte[] batch(long base, int epoch, long... values) {
    SimpleRecord[] records =
        Arrays.stream(values)
            .mapToObj(value -> new SimpleRecord(0L, null, payload(value)))
            .toArray(SimpleRecord[]::new);
    return bytes(MemoryRecords.withRecords(base, Compression.NONE, epoch, records));
  }

  private static byte[] payload(long value) {
    return new Payload(value, ORDERS.topic(), ORDERS.partition(), null, 0).encode(0);
  }

  private static byte[] bytes(MemoryRecords records) {
    ByteBuffer buffer = records.buffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
