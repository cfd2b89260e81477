package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.core.history.EpochStart;
import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
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

  private final Disk disk;
  private final String directory;
  private final List<Segment> segments = new ArrayList<>();
  private final LeaderEpochCache epochs;
  private final ProducerStates producers;
  private final Defects defects;
  private final TextFile startFile;
  private final RecordBatchView view = new RecordBatchView(ByteBuffer.allocate(0));
  private LogSettings settings;
  private long startOffset;
  private long highWatermark;
  private long unflushedRecords;

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
    recover();
    highWatermark(highWatermark);
  }

  // ---- what it holds

  public long startOffset() {
    return startOffset;
  }

  public long endOffset() {
    return active().endOffset();
  }

  public long highWatermark() {
    return highWatermark;
  }

  /** Sets the high watermark, kept between start and end. */
  public void highWatermark(long offset) {
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
    Errors invalid = validate(batches, nowMs);
    if (invalid != Errors.NONE) {
      return LeaderAppend.refused(invalid);
    }
    view.reset(batches);
    LeaderAppend known = checkProducer(origin);
    if (known != null) {
      return known;
    }
    long base = endOffset();
    assignOffsets(batches, base, leaderEpoch, nowMs);
    write(batches);
    long stamp = settings.logAppendTime() ? nowMs : -1;
    return new LeaderAppend(Errors.NONE, base, endOffset() - 1, stamp, false);
  }

  /**
   * Appends what a follower fetched, offsets and epochs as the leader gave them. Stops silently
   * before an incomplete batch.
   *
   * @return CORRUPT_MESSAGE if a checksum is wrong or offsets do not follow; nothing is appended
   */
  public Errors appendAsFollower(ByteBuffer batches) {
    ByteBuffer whole = batches.slice();
    long expected = endOffset();
    view.reset(whole);
    while (view.complete()) {
      if (view.baseOffset() < expected || !view.checksumMatches()) {
        return Errors.CORRUPT_MESSAGE;
      }
      expected = view.lastOffset() + 1;
      view.advance();
    }
    whole.limit(view.position());
    write(whole);
    return Errors.NONE;
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
    if (offset >= endOffset()) {
      // An epoch this replica began as a leader without ever appending must not outlive it.
      epochs.truncateFromEnd(offset);
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
    epochs.truncateFromEnd(endOffset());
    highWatermark(highWatermark);
    rebuildProducers();
  }

  /** Drops everything; the log goes on at the offset (a follower below its leader's start). */
  public void restartAt(long offset) {
    segments.forEach(segment -> disk.delete(segment.name));
    segments.clear();
    epochs.clear();
    producers.clear();
    startOffset = offset;
    startFile.write(Long.toString(offset));
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
    Segment segment = segmentOf(offset);
    if (segment == null || offset >= limit) {
      return ByteBuffer.allocate(0);
    }
    int first = segment.find(offset);
    long from = segment.position(first);
    int end = limit >= segment.endOffset() ? segment.batches() : segment.find(limit);
    long bytes = segment.position(end) - from;
    if (bytes > maxBytes) {
      bytes = fitting(segment, first, end, maxBytes, minOneBatch);
    }
    return bytes <= 0 ? ByteBuffer.allocate(0) : segment.read(from, (int) bytes);
  }

  /** Bytes between the offset and the limit, without reading. */
  public long bytesBetween(long offset, long limit) {
    if (offset >= limit) {
      return 0;
    }
    long bytes = 0;
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int end = limit >= segment.endOffset() ? segment.batches() : segment.find(limit);
      bytes += segment.position(end) - segment.position(Math.min(segment.find(offset), end));
      if (segment.baseOffset <= offset) {
        break;
      }
    }
    return bytes;
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
   * The first batch whose largest timestamp is not below the asked one, as bytes; the record in it
   * is the caller's to find. Empty if there is none below the limit.
   */
  public ByteBuffer batchAtTimestamp(long timestamp, long limit) {
    for (Segment segment : segments) {
      for (int batch = segment.find(startOffset); batch < segment.batches(); batch++) {
        if (segment.maxTimestamp(batch) >= timestamp && segment.lastOffset(batch) < limit) {
          return readBatch(segment, batch);
        }
      }
    }
    return ByteBuffer.allocate(0);
  }

  /** The largest timestamp and the batch that has it first (KIP-734). */
  public ByteBuffer batchOfMaxTimestamp() {
    Segment best = null;
    int bestBatch = -1;
    for (Segment segment : segments) {
      for (int batch = segment.find(startOffset); batch < segment.batches(); batch++) {
        if (best == null || segment.maxTimestamp(batch) > best.maxTimestamp(bestBatch)) {
          best = segment;
          bestBatch = batch;
        }
      }
    }
    return best == null ? ByteBuffer.allocate(0) : readBatch(best, bestBatch);
  }

  private static ByteBuffer readBatch(Segment segment, int batch) {
    long from = segment.position(batch);
    return segment.read(from, (int) (segment.position(batch + 1) - from));
  }

  private static long fitting(Segment segment, int first, int end, int maxBytes, boolean minOne) {
    long from = segment.position(first);
    int last = first;
    while (last < end && segment.position(last + 1) - from <= maxBytes) {
      last++;
    }
    if (last == first && minOne) {
      last++;
    }
    return segment.position(last) - from;
  }

  private Segment segmentOf(long offset) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      if (segment.baseOffset <= offset || i == 0) {
        boolean behind = offset >= segment.endOffset();
        return behind ? (i + 1 < segments.size() ? segments.get(i + 1) : null) : segment;
      }
    }
    return null;
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

  private Errors validate(ByteBuffer batches, long nowMs) {
    view.reset(batches);
    if (view.atEnd()) {
      return Errors.INVALID_RECORD;
    }
    while (!view.atEnd()) {
      Errors error = validateBatch(nowMs);
      if (error != Errors.NONE) {
        return error;
      }
      view.advance();
    }
    return Errors.NONE;
  }

  private Errors validateBatch(long nowMs) {
    if (!view.complete()) {
      return Errors.CORRUPT_MESSAGE;
    }
    if (view.sizeBytes() > settings.maxMessageBytes()) {
      return Errors.MESSAGE_TOO_LARGE;
    }
    if (view.sizeBytes() > settings.segmentBytes()) {
      return Errors.RECORD_LIST_TOO_LARGE;
    }
    if (view.magic() != 2) {
      return Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT;
    }
    if (!view.checksumMatches()) {
      return Errors.CORRUPT_MESSAGE;
    }
    if (view.count() <= 0 || view.lastOffsetDelta() != view.count() - 1) {
      return Errors.INVALID_RECORD;
    }
    boolean inFuture = view.maxTimestamp() - nowMs > settings.timestampAfterMaxMs();
    return inFuture && !settings.logAppendTime() ? Errors.INVALID_TIMESTAMP : Errors.NONE;
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
          : new LeaderAppend(Errors.NONE, base, base + view.lastOffsetDelta(), -1, true);
    }
    Errors error = producers.check(view, origin);
    return error == Errors.NONE ? null : LeaderAppend.refused(error);
  }

  private void assignOffsets(ByteBuffer batches, long base, int leaderEpoch, long nowMs) {
    long offset = base;
    for (view.reset(batches); !view.atEnd(); view.advance()) {
      view.baseOffset(offset);
      view.leaderEpoch(leaderEpoch);
      if (settings.logAppendTime()) {
        view.stampLogAppendTime(nowMs);
      }
      offset = view.lastOffset() + 1;
    }
  }

  private void write(ByteBuffer batches) {
    if (!batches.hasRemaining()) {
      return;
    }
    if (active().batches() > 0
        && active().sizeBytes() + batches.remaining() > settings.segmentBytes()) {
      active().flush(); // a rolled segment is flushed, as Kafka does on rolling
      roll(endOffset());
    }
    Segment segment = active();
    try {
      segment.append(batches.duplicate());
    } catch (DiskException refused) {
      segment.truncateToBatch(segment.batches()); // no half batch stays behind
      throw refused;
    }
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

  private void recover() {
    String recordedStart = startFile.read();
    startOffset = recordedStart.isEmpty() ? 0 : Long.parseLong(recordedStart);
    boolean sound = true;
    long expected = 0;
    for (String name : disk.list(directory + "/")) {
      if (name.endsWith(SUFFIX)) {
        sound = recoverSegment(name, sound, expected);
        expected = segments.isEmpty() ? 0 : active().endOffset();
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
    }
  }

  /**
   * The batches are the truth: after a power loss the log may be shorter than the epoch file, or
   * hold a tail again whose truncation was never flushed.
   */
  private void recoverEpochs() {
    List<EpochStart> found = new ArrayList<>();
    forEachBatch(
        startOffset,
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
    if (!sound || base < expected) {
      disk.delete(name);
      return false;
    }
    Segment segment = new Segment(name, base, disk.open(name));
    boolean whole = segment.recover(base);
    segments.add(segment);
    return whole;
  }

  private void rebuildProducers() {
    producers.clear();
    forEachBatch(startOffset, endOffset(), producers::appended);
    producers.replicated(highWatermark);
  }
}
