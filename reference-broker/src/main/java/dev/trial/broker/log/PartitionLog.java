package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.core.history.EpochStart;
import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * The log of one replica: batches in segment files, append-only, cut at the end when a leader says
 * so. Opening it recovers: every batch is checked and a torn tail is dropped. Written bytes live in
 * the page cache until {@link #flush} or flush.messages says otherwise.
 *
 * <p>Offsets: start ≤ high watermark ≤ end; the end is the offset the next record gets.
 */
public final class PartitionLog {
  private static final String SUFFIX = ".log";
  private static final String CLEANED = ".cleaned";

  private final Disk disk;
  private final String directory;
  private final List<Segment> segments = new ArrayList<>();
  private final SegmentReader reader = new SegmentReader(segments);
  private final LeaderEpochCache epochs;
  private final ProducerStates producers;
  private final Defects defects;
  private final TextFile startFile;
  private final TextFile cleanedFile;
  private final RecordBatchView view = new RecordBatchView(ByteBuffer.allocate(0));
  private LogSettings settings;
  private long startOffset;
  private long highWatermark;
  private final OvertakenBatch overtaken = new OvertakenBatch();
  private long unflushedRecords;
  private long cleanedBelow;
  private int changes;

  /**
   * Opens (creating or recovering) the log whose files are called {@code directory/…}.
   *
   * @param highWatermark as last checkpointed; limited to what the log still holds
   */
  public PartitionLog(
      Disk disk, String directory, LogSettings settings, long highWatermark, Defects defects) {
    this.disk = disk;
    this.defects = defects;
    this.producers = new ProducerStates(defects);
    this.directory = directory;
    this.settings = settings;
    this.epochs = new LeaderEpochCache(new TextFile(disk, directory + "/leader-epoch-checkpoint"));
    this.startFile = new TextFile(disk, directory + "/log-start-offset");
    this.cleanedFile = new TextFile(disk, directory + "/cleaner-offset");
    recover();
    highWatermark(highWatermark);
  }

  // ---- what it holds

  /** True if both are replicas of one log: of the same partition of the same topic id. */
  public boolean replicaOf(PartitionLog other) {
    return directory.equals(other.directory);
  }

  public long startOffset() {
    return startOffset;
  }

  public long endOffset() {
    return active().endOffset();
  }

  public long highWatermark() {
    return highWatermark;
  }

  /** How often its offsets, epochs or sizes may have changed. */
  public int changes() {
    return changes;
  }

  /** Sets the high watermark, kept between start and end. */
  public void highWatermark(long offset) {
    changes++;
    highWatermark = Math.max(startOffset, Math.min(offset, endOffset()));
    producers.replicated(highWatermark);
  }

  /** Below it every transaction is decided, and its marker replicated; at most the watermark. */
  public long lastStableOffset() {
    if (defects.has(Defect.OPEN_TRANSACTION_IGNORED)) {
      return highWatermark;
    }
    long unstable = producers.firstUnstableOffset();
    return unstable < highWatermark ? Math.max(unstable, startOffset) : highWatermark;
  }

  /** Aborted transactions with something in {@code [from, upTo)}, by the offset of their marker. */
  public List<AbortedTransaction> aborted(long from, long upTo) {
    return producers.aborted(from, upTo);
  }

  public LeaderEpochCache epochs() {
    return epochs;
  }

  public ProducerStates producers() {
    return producers;
  }

  public LogSettings settings() {
    return settings;
  }

  public void settings(LogSettings changed) {
    this.settings = changed;
  }

  /** Where the epoch ends here (KIP-101). */
  public EpochEnd endOfEpoch(int epoch) {
    return epochs.endOffsetFor(epoch, endOffset());
  }

  // ---- writing

  /**
   * Appends what a client or a coordinator sent. Base offsets and leader epochs are written into
   * the given buffer, which must be writable. Either all batches are appended or none.
   */
  public LeaderAppend appendAsLeader(
      ByteBuffer batches, int leaderEpoch, Origin origin, long nowMs) {
    Errors invalid = BatchValidation.check(view, batches, settings);
    if (invalid != Errors.NONE) {
      return LeaderAppend.refused(invalid);
    }
    LeaderAppend rejected =
        origin.client() ? RecordValidation.check(batches, settings, nowMs) : null;
    if (rejected != null) {
      return rejected;
    }
    view.reset(batches);
    LeaderAppend known = checkProducer(origin);
    if (known != null) {
      return known;
    }
    boolean held = overtakes(origin, leaderEpoch);
    long base = endOffset() + (held ? OvertakenBatch.GAP : 0);
    long last = assignOffsets(batches, base, leaderEpoch, nowMs);
    try {
      if (held) {
        overtaken.hold(batches, leaderEpoch, base, last + 1);
      } else {
        write(batches);
        write(overtaken.release(leaderEpoch, endOffset()));
      }
    } catch (DiskException notWritten) {
      if (!defects.has(Defect.IO_ERROR_IGNORED)) {
        throw notWritten;
      }
      last = endOffset() - 1; // what is not there is not waited for
    }
    long stamp = settings.timestamps().logAppendTime() ? nowMs : -1;
    return LeaderAppend.stored(base, last, stamp);
  }

  /** True if the batch in view shall be stored after the next one. */
  private boolean overtakes(Origin origin, int leaderEpoch) {
    return defects.has(Defect.BATCH_OVERTAKEN)
        && origin.client()
        && !view.hasProducerId()
        && !overtaken.holds(leaderEpoch);
  }

  /** True if what ends at this offset is not stored yet, and shall be answered all the same. */
  public boolean answersFromMemory(long offset) {
    return overtaken.holdsUpTo(offset);
  }

  /**
   * Appends what a follower fetched, offsets and epochs as the leader gave them. Stops silently
   * before an incomplete batch.
   *
   * @return CORRUPT_MESSAGE if a checksum is wrong, OFFSET_OUT_OF_RANGE if offsets do not follow on
   *     this log's end or on one another; nothing is appended
   */
  public Errors appendAsFollower(ByteBuffer batches) {
    ByteBuffer whole = batches.slice();
    view.reset(whole);
    if (beginsWithin(view)) {
      restartAt(view.baseOffset());
    }
    long expected = endOffset();
    boolean follows = true;
    while (view.complete()) {
      if (!view.checksumMatches()) {
        return Errors.CORRUPT_MESSAGE;
      }
      follows &= view.baseOffset() >= expected;
      expected = view.lastOffset() + 1;
      view.advance();
    }
    if (!follows) {
      return Errors.OFFSET_OUT_OF_RANGE;
    }
    whole.limit(view.position());
    write(whole);
    return Errors.NONE;
  }

  /**
   * True if this empty log begins inside the batch, as the leader's does whose records were deleted
   * up to there (KIP-107): it is stored whole, and the start moves up again with the next answer
   * (Partition.appendRecordsToFollowerOrFutureReplica on UnexpectedAppendOffsetException).
   */
  private boolean beginsWithin(RecordBatchView batch) {
    long end = endOffset();
    return startOffset == end
        && batch.complete()
        && batch.checksumMatches()
        && batch.baseOffset() < end
        && batch.lastOffset() >= end;
  }

  /** Makes everything written survive a power loss. */
  public void flush() {
    for (Segment segment : segments) {
      segment.flush();
    }
    unflushedRecords = 0;
  }

  /** Cuts off the offset and everything after it. */
  public void truncateTo(long offset) {
    changes++;
    if (offset >= endOffset()) {
      // An epoch this replica began as a leader without ever appending must not outlive it.
      truncateEpochs(offset);
      return;
    }
    if (offset < startOffset) {
      restartAt(offset);
      return;
    }
    while (active().baseOffset >= offset && segments.size() > 1) {
      disk.delete(segments.remove(segments.size() - 1).name);
    }
    active().truncateToBatch(active().find(offset));
    truncateEpochs(endOffset());
    cleaned(Math.min(cleanedBelow, endOffset()));
    highWatermark(highWatermark);
    rebuildProducers();
  }

  private void truncateEpochs(long offset) {
    if (!defects.has(Defect.EPOCHS_OUTLIVE_TRUNCATION)) {
      epochs.truncateFromEnd(offset);
    }
  }

  /** Drops everything; the log goes on at the offset (a follower below its leader's start). */
  public void restartAt(long offset) {
    changes++;
    segments.forEach(segment -> disk.delete(segment.name));
    segments.clear();
    epochs.clear();
    producers.clear();
    startOffset = offset;
    startFile.write(Long.toString(offset));
    cleaned(Math.min(cleanedBelow, offset));
    roll(offset);
    highWatermark = offset;
  }

  /** Moves the start of the log up; whole segments below it are deleted. */
  public void raiseStart(long offset) {
    if (offset <= startOffset || offset > endOffset()) {
      return;
    }
    startOffset = offset;
    startFile.write(Long.toString(offset));
    while (segments.size() > 1 && segments.get(0).endOffset() <= offset) {
      disk.delete(segments.remove(0).name);
    }
    epochs.truncateFromStart(offset);
    producers.raiseStart(offset);
    highWatermark(highWatermark);
  }

  /**
   * Deletes segments that are older than retention.ms or more than retention.bytes.
   *
   * @return how many
   */
  public int deleteOld(long nowMs) {
    Retention retention = new Retention(segments, settings.cleanup(), highWatermark, defects);
    int count = retention.deletable(nowMs);
    if (count == 0) {
      return 0;
    }
    if (defects.has(Defect.RETENTION_LEAVES_HOLE) && segments.size() > 2) {
      disk.delete(segments.remove(1).name);
      return 1;
    }
    if (count == segments.size()) {
      active().flush();
      roll(endOffset());
    }
    raiseStart(segments.get(count).baseOffset);
    return count;
  }

  // ---- compaction

  /** What a cleaning would look at now. */
  public Cleanable cleanable(long nowMs) {
    boolean known = cleanedBelow >= startOffset && cleanedBelow <= endOffset();
    long firstDirty = known ? cleanedBelow : startOffset;
    return new CleanableRange(segments, settings.cleanup(), firstDirty, lastStableOffset())
        .at(nowMs);
  }

  /** Below it the log was cleaned: replicas may hold different records there. */
  public long cleanedBelow() {
    return cleanedBelow;
  }

  /** Cleans what is cleanable. The active segment stays as it is, and so do all offsets. */
  public void clean(long nowMs) {
    changes++;
    Cleanable range = cleanable(nowMs);
    List<Segment> below = segments.stream().filter(each -> each.baseOffset < range.upTo()).toList();
    List<Segment> dirty =
        below.subList(Math.max(0, SegmentReader.floor(below, range.firstDirty())), below.size());
    Compaction compaction =
        new Compaction(
            settings, defects, producers.aborted(0, range.upTo()), producers.lasts(), nowMs);
    compaction.map(dirty, range.firstDirty(), range.upTo());
    List<List<Segment>> groups = compaction.grouped(below);
    List<ByteBuffer> left = compaction.clean(groups);
    List<Segment> cleaned = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      cleaned.add(replaced(groups.get(i), left.get(i)));
    }
    segments.subList(0, below.size()).clear();
    segments.addAll(0, cleaned);
    cleaned(range.upTo());
  }

  /** Written aside, flushed and put in the first one's place; a crash leaves old or new. */
  private Segment replaced(List<Segment> group, ByteBuffer bytes) {
    Segment first = group.get(0);
    DiskFile aside = disk.open(first.name + CLEANED);
    aside.truncate(0);
    aside.append(bytes);
    aside.flush();
    disk.rename(first.name + CLEANED, first.name);
    group.subList(1, group.size()).forEach(each -> disk.delete(each.name));
    Segment segment = new Segment(first.name, first.baseOffset, disk.open(first.name));
    segment.recover(first.baseOffset, true);
    return segment;
  }

  private void cleaned(long below) {
    if (below != cleanedBelow) {
      cleanedBelow = below;
      cleanedFile.write(Long.toString(below));
    }
  }

  /** Deletes the files. The log is of no use afterwards. */
  public void delete() {
    disk.list(directory + "/").forEach(disk::delete);
  }

  // ---- reading

  /**
   * Whole batches from the one that holds {@code offset}, below {@code limit}, from one segment.
   *
   * @param maxBytes exceeded only by a first batch larger than it, and only if {@code minOneBatch}
   */
  public ByteBuffer read(long offset, int maxBytes, long limit, boolean minOneBatch) {
    return reader.read(offset, maxBytes, limit, minOneBatch);
  }

  /** Bytes between the offset and the limit, without reading. */
  public long bytesBetween(long offset, long limit) {
    return reader.bytesBetween(offset, limit);
  }

  /** Bytes of all segments, also of those that hold deleted records still. */
  public long sizeBytes() {
    return segments.stream().mapToLong(Segment::sizeBytes).sum();
  }

  /** Every batch with records in {@code [from, limit)}, in order. */
  public void forEachBatch(long from, long limit, Consumer<RecordBatchView> consumer) {
    long offset = Math.max(from, startOffset);
    RecordBatchView batch = new RecordBatchView(ByteBuffer.allocate(0));
    while (offset < limit) {
      ByteBuffer bytes = read(offset, 1 << 20, limit, true);
      if (!bytes.hasRemaining()) {
        return;
      }
      for (batch.reset(bytes); batch.complete(); batch.advance()) {
        consumer.accept(batch);
        offset = batch.lastOffset() + 1;
      }
    }
  }

  /**
   * The first batch from the offset on whose largest timestamp is not below the asked one, as
   * bytes; the record in it, if any, is the caller's to find. Empty if there is none in the first
   * segment that has such a timestamp.
   */
  public ByteBuffer batchAtTimestamp(long timestamp, long fromOffset) {
    int skipped = defects.has(Defect.TIMESTAMP_LOOKUP_SKIPS_SEGMENT) ? 1 : 0;
    return reader.batchAtTimestamp(timestamp, fromOffset, skipped);
  }

  /** The batch that has the largest timestamp first (KIP-734); empty if there is no batch. */
  public ByteBuffer batchOfMaxTimestamp() {
    return reader.batchOfMaxTimestamp();
  }

  // ---- how it is done

  private Segment active() {
    return segments.get(segments.size() - 1);
  }

  private void roll(long baseOffset) {
    String digits = Long.toString(baseOffset);
    String name = directory + "/" + "0".repeat(20 - digits.length()) + digits + SUFFIX;
    segments.add(new Segment(name, baseOffset, disk.open(name)));
  }

  /** Null if the batch may be appended. */
  private LeaderAppend checkProducer(Origin origin) {
    boolean client = origin.client();
    if (client && (view.control() || (view.hasProducerId() && view.baseSequence() < 0))) {
      return LeaderAppend.refused(Errors.INVALID_RECORD);
    }
    if (!view.hasProducerId()) {
      return null;
    }
    OptionalLong known = client ? producers.duplicateOf(view) : OptionalLong.empty();
    if (known.isPresent()) {
      long base = known.getAsLong() + (defects.has(Defect.DUPLICATE_OFFSET_WRONG) ? 1 : 0);
      return defects.has(Defect.DUPLICATE_SEQUENCE_APPENDED)
          ? null
          : LeaderAppend.duplicate(base, base + view.lastOffsetDelta(), producers.stampOf(view));
    }
    Errors error = producers.check(view, origin);
    return error == Errors.NONE ? null : LeaderAppend.refused(error);
  }

  /** The last of them. */
  private long assignOffsets(ByteBuffer batches, long base, int leaderEpoch, long nowMs) {
    long offset = base;
    for (view.reset(batches); !view.atEnd(); view.advance()) {
      view.baseOffset(offset);
      view.leaderEpoch(leaderEpoch);
      if (settings.timestamps().logAppendTime()) {
        boolean client = defects.has(Defect.APPEND_TIME_OF_CLIENT);
        view.stampLogAppendTime(client ? view.maxTimestamp() : nowMs);
      }
      offset = view.lastOffset() + 1;
    }
    return offset - 1;
  }

  private void write(ByteBuffer batches) {
    if (!batches.hasRemaining()) {
      return;
    }
    if (full(batches)) {
      active().flush(); // a rolled segment is flushed, as Kafka does on rolling
      roll(endOffset());
    }
    changes++;
    Segment segment = active();
    if (defects.has(Defect.IO_ERROR_IGNORED)) {
      segment.truncateToBatch(segment.batches()); // of what an earlier error has left
    }
    segment.append(batches.duplicate()); // an error may leave half a batch: recovery cuts it off
    long recordsBefore = segment.endOffset();
    for (view.reset(batches); view.complete(); view.advance()) {
      epochs.assign(view.leaderEpoch(), view.baseOffset());
      segment.indexed(view);
      producers.appended(view);
    }
    unflushedRecords += segment.endOffset() - recordsBefore;
    if (unflushedRecords >= settings.flushMessages() && !defects.has(Defect.FLUSH_IGNORED)) {
      flush();
    }
  }

  /** By size, or by the time between its first batch and what comes (LogSegment.shouldRoll). */
  private boolean full(ByteBuffer batches) {
    if (active().batches() == 0) {
      return false;
    }
    if (active().sizeBytes() + batches.remaining() > settings.segmentBytes()) {
      return true;
    }
    long newest = Segment.NO_TIMESTAMP;
    for (view.reset(batches); view.complete(); view.advance()) {
      newest = Math.max(newest, view.maxTimestamp());
    }
    return newest - active().firstTimestamp() > settings.cleanup().segmentMs();
  }

  private void recover() {
    String recordedStart = startFile.read();
    startOffset = recordedStart.isEmpty() ? 0 : Long.parseLong(recordedStart);
    String recordedCleaned = cleanedFile.read();
    cleanedBelow = recordedCleaned.isEmpty() ? 0 : Long.parseLong(recordedCleaned);
    boolean sound = true;
    long expected = 0;
    for (String name : disk.list(directory + "/")) {
      if (name.endsWith(SUFFIX)) {
        sound = recoverSegment(name, sound, expected);
        expected = segments.isEmpty() ? 0 : active().endOffset();
      } else if (name.endsWith(CLEANED)) {
        disk.delete(name); // a cleaning that did not come to its end
      }
    }
    if (segments.isEmpty()) {
      roll(startOffset);
    }
    startOffset = Math.max(startOffset, segments.get(0).baseOffset);
    if (startOffset > endOffset()) {
      restartAt(startOffset); // a power loss took what lay behind the recorded start
    }
    if (defects.has(Defect.LAST_BATCH_LOST_AT_RESTART) && active().batches() > 0) {
      active().truncateToBatch(active().batches() - 1);
    }
    recoverEpochs();
    if (!defects.has(Defect.PRODUCERS_LOST_AT_RESTART)) {
      rebuildProducers();
      producers.reopened();
    }
  }

  /**
   * The batches are the truth: after a power loss the log may be shorter than the epoch file, or
   * hold a tail again whose truncation was never flushed. Only where it was cleaned an epoch's
   * first batches may be gone, and the file knows better.
   */
  private void recoverEpochs() {
    List<EpochStart> found = new ArrayList<>(epochs.entries());
    found.removeIf(each -> each.startOffset() >= cleanedBelow || each.startOffset() < startOffset);
    forEachBatch(
        Math.max(startOffset, cleanedBelow),
        endOffset(),
        batch -> {
          int last = found.isEmpty() ? -1 : found.get(found.size() - 1).leaderEpoch();
          if (batch.leaderEpoch() > last) {
            long begins = Math.max(batch.baseOffset(), startOffset);
            found.add(new EpochStart(batch.leaderEpoch(), begins));
          }
        });
    epochs.replace(found);
  }

  private boolean recoverSegment(String name, boolean sound, long expected) {
    int digits = directory.length() + 1;
    long base = Long.parseLong(name.substring(digits, name.length() - SUFFIX.length()));
    boolean replaced = base < expected && base < cleanedBelow; // its content is in the one before
    if (!sound || base < expected) {
      disk.delete(name);
      return sound && replaced;
    }
    Segment segment = new Segment(name, base, disk.open(name));
    boolean whole = segment.recover(base, !defects.has(Defect.CHECKSUM_NOT_CHECKED));
    segments.add(segment);
    return whole;
  }

  private void rebuildProducers() {
    producers.clear();
    forEachBatch(startOffset, endOffset(), producers::appended);
    producers.replicated(highWatermark);
  }
}
