package dev.trial.broker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defects;
import dev.trial.core.history.EpochStart;
import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;

class PartitionLogTest {
  private static final String DIRECTORY = "log/t/0";

  /** Random appends, truncations, crashes and power losses against a plain list. */
  @Property(tries = 300)
  void behavesAsAList(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Model model = new Model(random.chance(0.5) ? 1 : Long.MAX_VALUE);
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> model.append(1 + random.nextInt(4));
        case 4 -> model.truncate(random.nextLong(model.log.endOffset() + 2));
        case 5 -> model.epoch++;
        case 6 -> model.crash();
        default -> model.losePower();
      }
      model.compare(random);
    }
  }

  @Test
  void readsWithinLimits() {
    PartitionLog log = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    for (int i = 0; i < 5; i++) {
      log.appendAsLeader(Batches.plain(i * 2, 2, 0), 0, Origin.CLIENT, 0);
    }
    int batchBytes = log.read(0, 1, 10, true).remaining();
    assertTrue(batchBytes > 1, "one whole batch although it is larger than asked");
    assertEquals(0, log.read(0, 1, 10, false).remaining());
    assertEquals(2 * batchBytes, log.read(3, 2 * batchBytes + 1, 10, true).remaining());
    assertEquals(batchBytes, log.read(2, 1 << 20, 4, true).remaining(), "below the limit only");
    assertEquals(3 * batchBytes, log.bytesBetween(4, 10));
    assertEquals(0, log.read(10, 1 << 20, 10, true).remaining());
  }

  @Test
  void refusesWhatKafkaRefuses() {
    PartitionLog log = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    var spoiled = Batches.plain(0, 1, 0);
    spoiled.put(spoiled.limit() - 1, (byte) 99);
    assertEquals(Errors.CORRUPT_MESSAGE, log.appendAsLeader(spoiled, 0, Origin.CLIENT, 0).error());
    assertEquals(Errors.CORRUPT_MESSAGE, log.appendAsFollower(spoiled));
    assertEquals(
        Errors.INVALID_TIMESTAMP,
        log.appendAsLeader(Batches.plain(0, 1, 3_600_001), 0, Origin.CLIENT, 0).error());
    var large = Batches.plain(0, 100_000, 0);
    assertEquals(Errors.MESSAGE_TOO_LARGE, log.appendAsLeader(large, 0, Origin.CLIENT, 0).error());
    assertEquals(0, log.endOffset());
  }

  /** KIP-937: as far as the bound is not too far, and one without a timestamp is never. */
  @Test
  void refusesTimestampsThatAreTooFarFromItsClock() {
    PartitionLog log = open(new MemoryDisk(), timed(new TimestampSettings(false, 500, 70)));
    long nowMs = 10_000;
    for (long stamp : new long[] {9_499, 10_071}) {
      LeaderAppend refused =
          log.appendAsLeader(Batches.plain(0, 1, stamp), 0, Origin.CLIENT, nowMs);
      assertEquals(Errors.INVALID_TIMESTAMP, refused.error());
      assertEquals(stamp, refused.rejected().get(0).timestamp());
    }
    for (long stamp : new long[] {9_500, 10_070, -1}) {
      LeaderAppend stored = log.appendAsLeader(Batches.plain(0, 1, stamp), 0, Origin.CLIENT, nowMs);
      assertEquals(Errors.NONE, stored.error());
    }
    assertEquals(3, log.endOffset());
  }

  /** Records were deleted up to offset 4, which lies within a batch of the leader's. */
  @Test
  void aFollowerThatStartsWithinABatchTakesAllOfIt() {
    PartitionLog leader = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    leader.appendAsLeader(Batches.plain(0, 3, 0), 0, Origin.CLIENT, 0);
    leader.appendAsLeader(Batches.plain(3, 3, 0), 0, Origin.CLIENT, 0);
    PartitionLog follower = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    follower.restartAt(4);
    assertEquals(Errors.NONE, follower.appendAsFollower(leader.read(4, 1 << 20, 6, true)));
    assertEquals(6, follower.endOffset());
    follower.raiseStart(4);
    assertEquals(4, follower.startOffset());
    assertEquals(
        Errors.OFFSET_OUT_OF_RANGE,
        follower.appendAsFollower(leader.read(4, 1 << 20, 6, true)),
        "what it has already does not follow");
  }

  /** Replicas whose batches begin elsewhere: a bit of a base offset was flipped on one's disk. */
  @Test
  void aFollowerThatEndsWithinABatchTellsThatFromAWrongChecksum() {
    PartitionLog leader = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    leader.appendAsLeader(Batches.plain(0, 3, 0), 0, Origin.CLIENT, 0);
    PartitionLog follower = open(new MemoryDisk(), settings(1 << 20, Long.MAX_VALUE));
    follower.appendAsFollower(Batches.plain(0, 2, 0));
    assertEquals(2, follower.endOffset());
    ByteBuffer whole = leader.read(2, 1 << 20, 3, true);
    assertEquals(Errors.OFFSET_OUT_OF_RANGE, follower.appendAsFollower(whole));
    ByteBuffer spoiled = ByteBuffer.allocate(whole.remaining()).put(whole.duplicate()).flip();
    spoiled.put(spoiled.limit() - 1, (byte) 99);
    assertEquals(Errors.CORRUPT_MESSAGE, follower.appendAsFollower(spoiled));
    assertEquals(2, follower.endOffset());
  }

  @Test
  void dropsTornAndSpoiledTails() {
    MemoryDisk disk = new MemoryDisk();
    PartitionLog log = open(disk, settings(1 << 20, Long.MAX_VALUE));
    log.appendAsLeader(Batches.plain(0, 3, 0), 1, Origin.CLIENT, 0);
    int first = (int) log.bytesBetween(0, 3);
    log.appendAsLeader(Batches.plain(3, 3, 0), 2, Origin.CLIENT, 0);
    int all = (int) log.bytesBetween(0, 6);
    String file = disk.list(DIRECTORY + "/0").get(0);
    disk.flip(file, all - 1);
    PartitionLog recovered = open(disk, settings(1 << 20, Long.MAX_VALUE));
    assertEquals(3, recovered.endOffset());
    assertEquals(List.of(new EpochStart(1, 0)), recovered.epochs().entries());
    disk.tear(file, first - 5);
    assertEquals(0, open(disk, settings(1 << 20, Long.MAX_VALUE)).endOffset());
  }

  @Test
  void stampsLogAppendTime() {
    PartitionLog log = open(new MemoryDisk(), timed(new TimestampSettings(true, 0, 0)));
    LeaderAppend append = log.appendAsLeader(Batches.plain(0, 2, 5), 0, Origin.CLIENT, 777);
    assertEquals(777, append.appendTimeMs());
    for (Record record : MemoryRecords.readableRecords(log.read(0, 1000, 2, true)).records()) {
      assertEquals(777, record.timestamp());
    }
    assertTrue(new RecordBatchView(log.read(0, 1000, 2, true)).checksumMatches());
  }

  @Test
  void raisedStartSurvives() {
    MemoryDisk disk = new MemoryDisk();
    PartitionLog log = open(disk, settings(100, Long.MAX_VALUE));
    for (int i = 0; i < 6; i++) {
      log.appendAsLeader(Batches.plain(i, 1, 0), i / 2, Origin.CLIENT, 0);
    }
    log.raiseStart(3);
    assertEquals(List.of(new EpochStart(1, 3), new EpochStart(2, 4)), log.epochs().entries());
    PartitionLog again = open(disk, settings(100, Long.MAX_VALUE));
    assertEquals(3, again.startOffset());
    assertEquals(6, again.endOffset());
  }

  private static PartitionLog open(MemoryDisk disk, LogSettings settings) {
    return new PartitionLog(disk, DIRECTORY, settings, 0, Defects.NONE);
  }

  private static LogSettings settings(int segmentBytes, long flushMessages) {
    return new LogSettings(
        segmentBytes, 1 << 20, flushMessages, 1, TimestampSettings.ofClients(3_600_000));
  }

  private static LogSettings timed(TimestampSettings timestamps) {
    return new LogSettings(1 << 20, 1 << 20, Long.MAX_VALUE, 1, timestamps);
  }

  /** Batches as a list of (epoch, first value, count); what was flushed is a prefix of it. */
  private static final class Model {
    private final MemoryDisk disk = new MemoryDisk();
    private final LogSettings settings;
    private final List<long[]> batches = new ArrayList<>();
    private final Set<List<Long>> written = new HashSet<>();
    private PartitionLog log;
    private int epoch;
    private long nextValue;

    Model(long flushMessages) {
      this.settings = settings(300, flushMessages);
      this.log = open(disk, settings);
    }

    void append(int count) {
      log.appendAsLeader(Batches.plain(nextValue, count, 0), epoch, Origin.CLIENT, 0);
      long[] batch = {epoch, nextValue, count};
      written.add(at(end(batches.size()), batch));
      batches.add(batch);
      nextValue += count;
    }

    void truncate(long offset) {
      log.truncateTo(offset);
      while (!batches.isEmpty() && end(batches.size()) > offset) {
        batches.remove(batches.size() - 1);
      }
    }

    void crash() {
      log = open(disk, settings);
    }

    void losePower() {
      disk.losePower();
      log = open(disk, settings);
      List<long[]> found = found();
      long offset = 0;
      for (long[] batch : found) {
        assertTrue(written.contains(at(offset, batch)), "nothing appears from nowhere");
        offset += batch[2];
      }
      if (settings.flushMessages() == 1) {
        assertTrue(found.size() >= batches.size(), "flushed records survive");
        for (int i = 0; i < batches.size(); i++) {
          assertEquals(boxed(batches.get(i)), boxed(found.get(i)));
        }
      }
      batches.clear();
      batches.addAll(found); // a truncation that was not flushed may be undone
    }

    private static List<Long> at(long offset, long[] batch) {
      return List.of(offset, batch[0], batch[1], batch[2]);
    }

    private List<long[]> found() {
      List<long[]> found = new ArrayList<>();
      log.forEachBatch(
          0,
          log.endOffset(),
          view -> {
            assertTrue(view.checksumMatches());
            assertEquals(found.stream().mapToLong(b -> b[2]).sum(), view.baseOffset());
            found.add(new long[] {view.leaderEpoch(), value(view), view.count()});
          });
      return found;
    }

    long end(int batchCount) {
      return batches.subList(0, batchCount).stream().mapToLong(batch -> batch[2]).sum();
    }

    void compare(RandomStream random) {
      assertEquals(end(batches.size()), log.endOffset());
      List<long[]> found = found();
      assertEquals(batches.size(), found.size());
      for (int i = 0; i < found.size(); i++) {
        assertEquals(boxed(batches.get(i)), boxed(found.get(i)));
      }
      compareEpochs();
      if (log.endOffset() > 0) {
        long offset = random.nextLong(log.endOffset());
        var bytes = log.read(offset, 1, log.endOffset(), true);
        RecordBatchView view = new RecordBatchView(bytes);
        assertTrue(view.baseOffset() <= offset && view.lastOffset() >= offset);
      }
    }

    private void compareEpochs() {
      assertTrue(log.epochs().monotonic());
      List<EpochStart> expected = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        int batchEpoch = (int) batches.get(i)[0];
        if (expected.isEmpty() || expected.get(expected.size() - 1).leaderEpoch() != batchEpoch) {
          expected.add(new EpochStart(batchEpoch, end(i)));
        }
      }
      assertEquals(expected, log.epochs().entries());
    }

    private static List<Long> boxed(long[] batch) {
      return List.of(batch[0], batch[1], batch[2]);
    }

    private static long value(RecordBatchView view) {
      Record first = MemoryRecords.readableRecords(view.slice()).records().iterator().next();
      assertFalse(view.control());
      return Batches.value(first.key(), first.value());
    }
  }
}
