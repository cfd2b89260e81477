package dev.trial.broker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defects;
import dev.trial.core.history.EpochStart;
import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** Cleaning against a plain list of everything that was ever written. */
class CompactionTest {
  private static final String DIRECTORY = "log/t/0";
  private static final long DELETE_RETENTION_MS = 100;

  private final MemoryDisk disk = new MemoryDisk();
  private final TreeMap<Long, String[]> written = new TreeMap<>();
  private PartitionLog log = open();
  private long nowMs = 1_000;
  private int epoch;

  private PartitionLog open() {
    CleanupSettings cleanup =
        new CleanupSettings(
            false, true, Long.MAX_VALUE, -1, -1, DELETE_RETENTION_MS, 0.2, 0, Long.MAX_VALUE);
    LogSettings settings =
        new LogSettings(
            400, 1 << 20, Long.MAX_VALUE, 1, TimestampSettings.ofClients(3_600_000), cleanup);
    return new PartitionLog(disk, DIRECTORY, settings, Long.MAX_VALUE, Defects.NONE);
  }

  private void append(String... keysAndValues) {
    SimpleRecord[] records = new SimpleRecord[keysAndValues.length / 2];
    for (int i = 0; i < records.length; i++) {
      String value = keysAndValues[2 * i + 1];
      written.put(log.endOffset() + i, new String[] {keysAndValues[2 * i], value});
      records[i] =
          new SimpleRecord(nowMs, bytes(keysAndValues[2 * i]), value == null ? null : bytes(value));
    }
    ByteBuffer batch = MemoryRecords.withRecords(Compression.NONE, records).buffer();
    assertEquals(Errors.NONE, log.appendAsLeader(batch, epoch, Origin.CLIENT, nowMs).error());
    log.highWatermark(Long.MAX_VALUE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean clean() {
    boolean due = log.cleanable(nowMs).due(log.settings().cleanup());
    if (due) {
      log.clean(nowMs);
    }
    return due;
  }

  private TreeMap<Long, String> left() {
    TreeMap<Long, String> left = new TreeMap<>();
    log.forEachBatch(
        0,
        log.endOffset(),
        view -> {
          assertTrue(view.checksumMatches());
          for (Record record : MemoryRecords.readableRecords(view.slice()).records()) {
            String key = StandardCharsets.UTF_8.decode(record.key()).toString();
            assertEquals(written.get(record.offset())[0], key, "key at " + record.offset());
            String value =
                record.hasValue() ? StandardCharsets.UTF_8.decode(record.value()).toString() : null;
            assertEquals(written.get(record.offset())[1], value, "value at " + record.offset());
            left.put(record.offset(), key);
          }
        });
    return left;
  }

  @Property(tries = 300)
  void keepsTheNewestOfEachKeyWhereItWas(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    CompactionTest trial = new CompactionTest();
    for (int step = 0; step < 80; step++) {
      trial.step(random);
      trial.compare();
    }
  }

  private void step(RandomStream random) {
    nowMs += random.nextLong(20);
    switch (random.nextInt(10)) {
      case 0 -> epoch++;
      case 1 -> log = open();
      case 2, 3 -> clean();
      default -> {
        String[] batch = new String[2 * (1 + random.nextInt(3))];
        for (int i = 0; i < batch.length; i += 2) {
          batch[i] = "key-" + random.nextInt(6);
          batch[i + 1] = random.chance(0.2) ? null : "v" + random.nextLong(1_000_000);
        }
        append(batch);
      }
    }
  }

  private void compare() {
    TreeMap<Long, String> left = left();
    assertEquals(written.isEmpty() ? 0 : written.lastKey() + 1, log.endOffset());
    Map<String, Long> newest = new TreeMap<>();
    written.forEach((offset, record) -> newest.put(record[0], offset));
    newest.forEach(
        (key, offset) -> {
          boolean tombstone = written.get(offset)[1] == null;
          if (!tombstone) {
            assertTrue(left.containsKey(offset), key + " at " + offset + " is gone");
          } else if (!left.containsKey(offset)) {
            assertFalse(left.containsValue(key), key + " came back to life");
          }
        });
    for (long offset = log.cleanedBelow(); offset < log.endOffset(); offset++) {
      assertTrue(left.containsKey(offset), offset + " was not to be cleaned");
    }
  }

  @Test
  void aTombstoneStaysForItsTimeAfterTheFirstCleaningThatMetIt() {
    append("a", "1", "b", "1");
    append("a", null);
    fill();
    assertTrue(clean());
    assertTrue(left().containsKey(2L), "first met now");
    nowMs += DELETE_RETENTION_MS - 1;
    fill();
    assertTrue(clean());
    assertTrue(left().containsKey(2L), "one millisecond early");
    nowMs += 1;
    fill();
    assertTrue(clean());
    assertFalse(left().containsKey(2L));
    assertTrue(left().containsKey(1L));
  }

  private void fill() {
    for (int i = 0; i < 20; i++) {
      append("filler", "f" + i);
    }
  }

  @Test
  void epochsThatLostTheirFirstRecordsAreKnownAfterARestart() {
    append("a", "1");
    epoch = 1;
    append("a", "2");
    fill();
    epoch = 2;
    fill();
    List<EpochStart> before = log.epochs().entries();
    assertTrue(clean());
    log = open();
    assertEquals(before, log.epochs().entries());
    assertEquals(new EpochEnd(0, 1), log.endOfEpoch(0));
  }

  @Test
  void aRecordWithoutKeyIsRefused() {
    ByteBuffer batch = Batches.plain(0, 1, 0);
    assertEquals(Errors.INVALID_RECORD, log.appendAsLeader(batch, 0, Origin.CLIENT, 0).error());
  }

  @Test
  void anUndecidedTransactionHoldsTheCleaningBack() {
    append("a", "1");
    ByteBuffer open =
        MemoryRecords.withTransactionalRecords(
                Compression.NONE, 7, (short) 0, 0, new SimpleRecord(nowMs, bytes("t"), bytes("1")))
            .buffer();
    Origin unverified = Origin.client(false, 0);
    assertEquals(Errors.NONE, log.appendAsLeader(open, 0, unverified, nowMs).error());
    written.put(1L, new String[] {"t", "1"});
    fill();
    assertFalse(clean());
    end(false);
    fill();
    assertTrue(clean());
    assertFalse(left(batch -> !batch.isControlBatch()).containsKey(1L), "aborted data goes");
    assertTrue(markers() > 0, "the marker waits for delete.retention.ms");
    nowMs += 2 * DELETE_RETENTION_MS;
    fill();
    clean();
    nowMs += 2 * DELETE_RETENTION_MS;
    fill();
    clean();
    log = open();
    assertEquals(log.highWatermark(), log.lastStableOffset());
  }

  private void end(boolean commit) {
    ByteBuffer marker = new EndMarker(commit, 0).batch(7, (short) 1, nowMs);
    Origin coordinator = Origin.marker(2);
    assertEquals(Errors.NONE, log.appendAsLeader(marker, 0, coordinator, nowMs).error());
    written.put(log.endOffset() - 1, new String[] {"marker", null});
    log.highWatermark(Long.MAX_VALUE);
  }

  private long markers() {
    long[] count = new long[1];
    log.forEachBatch(0, log.endOffset(), view -> count[0] += view.control() ? 1 : 0);
    return count[0];
  }

  private TreeMap<Long, String> left(java.util.function.Predicate<RecordBatch> which) {
    TreeMap<Long, String> left = new TreeMap<>();
    log.forEachBatch(
        0,
        log.endOffset(),
        view -> {
          for (RecordBatch batch : MemoryRecords.readableRecords(view.slice()).batches()) {
            if (which.test(batch)) {
              batch.forEach(record -> left.put(record.offset(), "present"));
            }
          }
        });
    return left;
  }
}
