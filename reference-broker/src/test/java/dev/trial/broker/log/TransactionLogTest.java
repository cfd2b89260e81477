package dev.trial.broker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defects;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Transactions in one log: what is stable, what is aborted, what is refused. */
class TransactionLogTest {
  private final MemoryDisk disk = new MemoryDisk();
  private PartitionLog log = open(disk, 0);

  private static PartitionLog open(MemoryDisk disk, long highWatermark) {
    return new PartitionLog(
        disk,
        "log/t/0",
        new LogSettings(600, 1 << 20, Long.MAX_VALUE, 1, TimestampSettings.ofClients(60_000)),
        highWatermark,
        Defects.NONE);
  }

  // ---- against a naive model

  /** What is in the log, offset by offset. */
  private record Entry(long producer, boolean transactional, Boolean committed) {
    boolean marker() {
      return committed != null;
    }
  }

  /** Random transactions, watermarks, truncations and crashes against a list of entries. */
  @Property(tries = 300)
  void behavesAsAListOfEntries(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Model model = new Model();
    for (int step = 0; step < 80; step++) {
      long producer = 1 + random.nextInt(4);
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> model.send(producer, 1 + random.nextInt(3));
        case 4, 5 -> model.end(producer, random.chance(0.5));
        case 6 -> model.plain(1 + random.nextInt(2));
        case 7 -> model.watermark(random.nextLong(model.entries.size() + 1L));
        case 8 -> model.truncate(random);
        default -> model.crash();
      }
      model.compare(random);
    }
  }

  private static final class Model {
    final MemoryDisk disk = new MemoryDisk();
    final List<Entry> entries = new ArrayList<>();
    PartitionLog log = open(disk, 0);
    final TreeSet<Long> batchEnds = new TreeSet<>(List.of(0L));
    long watermark;

    void send(long producer, int count) {
      int sequence = 0;
      Map<Long, ProducerState> known = new TreeMap<>();
      log.producers().forEach(state -> known.put(state.producerId(), state));
      short epoch = known.containsKey(producer) ? known.get(producer).epoch() : 0;
      if (known.containsKey(producer)) {
        sequence = known.get(producer).lastSequence() + 1;
      }
      Verification verified = log.producers().verify(producer, sequence, epoch, true, 0);
      assertEquals(Errors.NONE, verified.error());
      Origin origin = Origin.client(true, verified.guard());
      var batch = Batches.transactional(producer, epoch, sequence, entries.size(), count);
      assertEquals(Errors.NONE, log.appendAsLeader(batch, 0, origin, 0).error());
      for (int i = 0; i < count; i++) {
        entries.add(new Entry(producer, true, null));
      }
      batchEnds.add((long) entries.size());
    }

    void plain(int count) {
      var batch = Batches.plain(entries.size(), count, 0);
      assertEquals(Errors.NONE, log.appendAsLeader(batch, 0, Origin.CLIENT, 0).error());
      for (int i = 0; i < count; i++) {
        entries.add(new Entry(-1, false, null));
      }
      batchEnds.add((long) entries.size());
    }

    void end(long producer, boolean commit) {
      int[] epoch = {0};
      log.producers()
          .forEach(state -> epoch[0] = state.producerId() == producer ? state.epoch() : epoch[0]);
      var batch = new EndMarker(commit, 0).batch(producer, (short) (epoch[0] + 1), 0);
      assertEquals(Errors.NONE, log.appendAsLeader(batch, 0, Origin.marker(2), 0).error());
      entries.add(new Entry(producer, true, commit));
      batchEnds.add((long) entries.size());
    }

    /** Followers fetch whole batches: a watermark is never inside of one. */
    void watermark(long offset) {
      watermark = Math.max(watermark, batchEnds.floor(offset));
      log.highWatermark(watermark);
    }

    void truncate(RandomStream random) {
      log.truncateTo(watermark + random.nextLong(entries.size() - watermark + 1));
      entries.subList((int) log.endOffset(), entries.size()).clear();
      batchEnds.tailSet(log.endOffset(), false).clear();
      watermark = Math.min(watermark, entries.size());
    }

    void crash() {
      log = open(disk, watermark);
    }

    /** First offset of each transaction that is open, or whose marker is not below the limit. */
    long firstUnstable() {
      Map<Long, Long> open = new TreeMap<>();
      TreeSet<Long> unstable = new TreeSet<>();
      for (int offset = 0; offset < entries.size(); offset++) {
        Entry entry = entries.get(offset);
        if (entry.marker()) {
          Long first = open.remove(entry.producer());
          if (first != null && offset >= watermark) {
            unstable.add(first);
          }
        } else if (entry.transactional()) {
          open.putIfAbsent(entry.producer(), (long) offset);
        }
      }
      unstable.addAll(open.values());
      return unstable.isEmpty() ? Long.MAX_VALUE : unstable.first();
    }

    List<Long> committed(long from, long limit) {
      List<Long> values = new ArrayList<>();
      for (long offset = from; offset < limit; offset++) {
        Entry entry = entries.get((int) offset);
        if (!entry.marker() && (!entry.transactional() || commits(entry.producer(), offset))) {
          values.add(offset);
        }
      }
      return values;
    }

    private boolean commits(long producer, long offset) {
      for (long next = offset; next < entries.size(); next++) {
        Entry entry = entries.get((int) next);
        if (entry.marker() && entry.producer() == producer) {
          return entry.committed();
        }
      }
      throw new AssertionError("undecided below the last stable offset");
    }

    void compare(RandomStream random) {
      assertEquals(entries.size(), log.endOffset());
      assertEquals(Math.min(watermark, firstUnstable()), log.lastStableOffset());
      long limit = log.lastStableOffset();
      long from = random.nextLong(limit + 1);
      assertEquals(committed(from, limit), new CommittedReader(log, random).read(from, limit));
    }
  }

  /** Skips aborted records as a consumer does, fetch by fetch. */
  private static final class CommittedReader {
    private final PartitionLog log;
    private final RandomStream random;

    CommittedReader(PartitionLog log, RandomStream random) {
      this.log = log;
      this.random = random;
    }

    List<Long> read(long from, long limit) {
      List<Long> values = new ArrayList<>();
      long offset = from;
      while (offset < limit) {
        var bytes = log.read(offset, 1 + random.nextInt(400), limit, true);
        RecordBatchView batch = new RecordBatchView(bytes);
        long end = offset;
        for (; batch.complete(); batch.advance()) {
          end = batch.lastOffset() + 1;
        }
        assertTrue(end > offset, "nothing to read at " + offset + " of " + limit);
        skip(bytes, log.aborted(offset, end), offset, values);
        offset = end;
      }
      return values;
    }

    private static void skip(
        java.nio.ByteBuffer bytes, List<AbortedTransaction> aborted, long from, List<Long> values) {
      PriorityQueue<AbortedTransaction> next =
          new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
      next.addAll(aborted);
      TreeSet<Long> skipped = new TreeSet<>();
      RecordBatchView batch = new RecordBatchView(bytes);
      for (; batch.complete(); batch.advance()) {
        while (!next.isEmpty() && next.peek().firstOffset() <= batch.lastOffset()) {
          skipped.add(next.poll().producerId());
        }
        if (batch.control()) {
          if (!EndMarker.read(batch).committed()) {
            skipped.remove(batch.producerId());
          }
        } else if (!(batch.transactional() && skipped.contains(batch.producerId()))) {
          for (long value = batch.baseOffset(); value <= batch.lastOffset(); value++) {
            if (value >= from) {
              values.add(value);
            }
          }
        }
      }
    }
  }

  // ---- what is refused

  private Errors send(int epoch, int sequence, Origin origin) {
    return log.appendAsLeader(Batches.transactional(7, epoch, sequence, 0, 1), 0, origin, 0)
        .error();
  }

  private Errors mark(int epoch, int coordinatorEpoch, int version) {
    var batch = new EndMarker(false, coordinatorEpoch).batch(7, (short) epoch, 0);
    return log.appendAsLeader(batch, 0, Origin.marker(version), 0).error();
  }

  private Origin verified(int epoch, int sequence, boolean newProtocol) {
    Verification begun = log.producers().verify(7, sequence, (short) epoch, newProtocol, 0);
    return begun.error() == Errors.NONE ? Origin.client(true, begun.guard()) : null;
  }

  @Test
  void nothingGetsInThatTheCoordinatorDoesNotKnowOf() {
    assertEquals(Errors.INVALID_TXN_STATE, send(0, 0, Origin.CLIENT));
    assertEquals(Errors.NONE, send(0, 0, verified(0, 0, false)));
    assertEquals(Errors.NONE, send(0, 1, Origin.CLIENT), "ongoing here: no need to ask");
    assertEquals(Errors.NONE, mark(0, 0, 0));
    assertEquals(Errors.INVALID_TXN_STATE, send(0, 2, Origin.CLIENT), "late");
    assertEquals(Errors.NONE, send(0, 2, Origin.client(false, 0)), "verification is off");
  }

  @Test
  void anOldGuardOpensNoNewTransaction() {
    Origin old = verified(0, 0, false);
    assertEquals(Errors.NONE, mark(0, 0, 0), "aborted before the answer came");
    assertEquals(Errors.INVALID_TXN_STATE, send(0, 0, old));
    verified(0, 0, false);
    assertEquals(Errors.INVALID_TXN_STATE, send(0, 0, old));
  }

  @Test
  void withTheNewProtocolAMarkerOfTheNextEpochLeavesItsVerification() {
    assertEquals(Errors.NONE, send(0, 0, verified(0, 0, true)));
    Origin next = verified(1, 0, true);
    assertEquals(Errors.NONE, mark(1, 0, 2));
    assertEquals(Errors.NONE, send(1, 0, next));
  }

  @Test
  void fencedEpochsAndLateMarkers() {
    assertEquals(Errors.NONE, send(3, 0, verified(3, 0, true)));
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, mark(3, 0, 2), "v2 ends with a higher epoch");
    assertEquals(Errors.NONE, mark(4, 5, 2));
    assertEquals(Errors.NONE, mark(4, 5, 2), "repeated");
    assertEquals(Errors.TRANSACTION_COORDINATOR_FENCED, mark(5, 4, 2));
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, send(3, 1, Origin.CLIENT));
    assertEquals(
        Errors.INVALID_PRODUCER_EPOCH, log.producers().verify(7, 1, (short) 3, true, 0).error());
    assertEquals(Errors.NONE, send(4, 0, verified(4, 0, true)));
    assertEquals(Errors.INVALID_PRODUCER_EPOCH, mark(4, 5, 2), "late: a transaction is open");
    assertEquals(Errors.NONE, mark(4, 5, 1), "before v2 that was not seen");
  }

  @Test
  void sequencesBehindAFailedVerification() {
    verified(0, 0, false);
    Origin second = verified(0, 1, false);
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(0, 1, second), "0 was seen first");
    assertEquals(Errors.NONE, send(0, 0, second));
    assertEquals(Errors.NONE, send(0, 1, Origin.CLIENT));
  }

  @Test
  void withTheNewProtocolAnUnknownProducerBeginsAtZero() {
    assertEquals(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, send(0, 4, verified(0, 4, true)));
  }

  @Test
  void plainRecordsDoNotMixWithATransaction() {
    assertEquals(Errors.NONE, send(0, 0, verified(0, 0, false)));
    assertEquals(
        Errors.INVALID_TXN_STATE,
        log.appendAsLeader(Batches.idempotent(7, 0, 1, 0, 1, 0), 0, Origin.CLIENT, 0).error());
  }

  @Test
  void clientsWriteNoMarkers() {
    var marker = new EndMarker(true, 0).batch(7, (short) 0, 0);
    assertEquals(Errors.INVALID_RECORD, log.appendAsLeader(marker, 0, Origin.CLIENT, 0).error());
  }

  @Test
  void aFollowerKnowsWhatItsLeaderKnows() {
    assertEquals(Errors.NONE, send(0, 0, verified(0, 0, false)));
    assertEquals(Errors.NONE, send(0, 1, Origin.CLIENT));
    assertEquals(Errors.NONE, mark(0, 0, 0));
    assertEquals(Errors.NONE, send(1, 0, verified(1, 0, false)));
    PartitionLog follower = open(new MemoryDisk(), 0);
    assertEquals(Errors.NONE, follower.appendAsFollower(log.read(0, 1 << 20, 4, true)));
    for (PartitionLog each : List.of(log, follower)) {
      each.highWatermark(2);
      assertEquals(0, each.lastStableOffset(), "the marker is not replicated yet");
      each.highWatermark(4);
      assertEquals(3, each.lastStableOffset());
      assertEquals(List.of(new AbortedTransaction(7, 0, 2, 3)), each.aborted(0, 3));
    }
    assertTrue(follower.producers().size() == 1);
  }

  @Test
  void openTransactionsKeepTheirProducerFromExpiring() {
    assertEquals(Errors.NONE, send(0, 0, verified(0, 0, false)));
    log.producers().expire(1_000, 1);
    assertEquals(1, log.producers().size());
    assertEquals(Errors.NONE, mark(0, 0, 0));
    log.producers().expire(1_000, 1);
    assertEquals(0, log.producers().size());
  }
}
