package dev.trial.broker.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.record.internal.CompressionType;

/**
 * A movable view of one record batch (magic 2) inside a buffer; nothing is copied. Layout: protocol
 * page "Record Batch". Setters write through to the buffer; base offset and leader epoch lie
 * outside the checksum.
 */
public final class RecordBatchView {

  /** Bytes of a batch before its first record. */
  public static final int OVERHEAD_BYTES = 61;

  /** Bytes of base offset and length, which the length does not count. */
  public static final int LENGTH_OVERHEAD_BYTES = 12;

  /** Producer id of a batch without one. */
  public static final long NO_PRODUCER_ID = -1;

  /** Attribute of a batch that belongs to a transaction. */
  public static final int TRANSACTIONAL_FLAG = 0x10;

  private static final int LENGTH = 8;
  private static final int LEADER_EPOCH = 12;
  private static final int MAGIC = 16;
  private static final int CRC = 17;
  private static final int ATTRIBUTES = 21;
  private static final int LAST_OFFSET_DELTA = 23;
  private static final int BASE_TIMESTAMP = 27;
  private static final int MAX_TIMESTAMP = 35;
  private static final int PRODUCER_ID = 43;
  private static final int PRODUCER_EPOCH = 51;
  private static final int BASE_SEQUENCE = 53;
  private static final int COUNT = 57;
  private static final int LOG_APPEND_TIME_FLAG = 0x08;
  private static final int CONTROL_FLAG = 0x20;
  private static final int COMPRESSION_MASK = 0x07;

  private ByteBuffer buffer;
  private int at;
  private final CRC32C crc32c = new CRC32C();

  /** A view of the batch at the buffer's position. */
  public RecordBatchView(ByteBuffer buffer) {
    reset(buffer);
  }

  /** Looks at another buffer's first batch. */
  public void reset(ByteBuffer batches) {
    this.buffer = batches;
    this.at = batches.position();
  }

  /** Looks at the batch that begins at {@code position} of the buffer. */
  public void moveTo(int position) {
    this.at = position;
  }

  /** Where in the buffer the batch begins. */
  public int position() {
    return at;
  }

  /** True if a whole batch with a plausible header begins here. */
  public boolean complete() {
    return buffer.limit() - at >= OVERHEAD_BYTES
        && sizeBytes() >= OVERHEAD_BYTES
        && sizeBytes() <= buffer.limit() - at;
  }

  /** Moves behind this batch. */
  public void advance() {
    at += sizeBytes();
  }

  /** True if the buffer ends here. */
  public boolean atEnd() {
    return at >= buffer.limit();
  }

  /** Size of the whole batch in bytes; may be nonsense while {@link #complete} is false. */
  public int sizeBytes() {
    return buffer.getInt(at + LENGTH) + LENGTH_OVERHEAD_BYTES;
  }

  public long baseOffset() {
    return buffer.getLong(at);
  }

  public void baseOffset(long offset) {
    buffer.putLong(at, offset);
  }

  public long lastOffset() {
    return baseOffset() + lastOffsetDelta();
  }

  public int leaderEpoch() {
    return buffer.getInt(at + LEADER_EPOCH);
  }

  public void leaderEpoch(int epoch) {
    buffer.putInt(at + LEADER_EPOCH, epoch);
  }

  public byte magic() {
    return buffer.get(at + MAGIC);
  }

  public int lastOffsetDelta() {
    return buffer.getInt(at + LAST_OFFSET_DELTA);
  }

  public long baseTimestamp() {
    return buffer.getLong(at + BASE_TIMESTAMP);
  }

  public long maxTimestamp() {
    return buffer.getLong(at + MAX_TIMESTAMP);
  }

  public long producerId() {
    return buffer.getLong(at + PRODUCER_ID);
  }

  public short producerEpoch() {
    return buffer.getShort(at + PRODUCER_EPOCH);
  }

  public int baseSequence() {
    return buffer.getInt(at + BASE_SEQUENCE);
  }

  /** Sequence of the last record; wraps to 0 after the largest int. */
  public int lastSequence() {
    return baseSequence() < 0 ? baseSequence() : Sequences.add(baseSequence(), lastOffsetDelta());
  }

  public int count() {
    return buffer.getInt(at + COUNT);
  }

  public boolean hasProducerId() {
    return producerId() > NO_PRODUCER_ID;
  }

  public boolean transactional() {
    return (attributes() & TRANSACTIONAL_FLAG) != 0;
  }

  /** A marker written by a broker, not data. */
  public boolean control() {
    return (attributes() & CONTROL_FLAG) != 0;
  }

  /** True if the attributes name a compression that there is (CompressionType.forId). */
  public boolean compressionKnown() {
    return (attributes() & COMPRESSION_MASK) <= CompressionType.ZSTD.id;
  }

  public boolean logAppendTime() {
    return (attributes() & LOG_APPEND_TIME_FLAG) != 0;
  }

  /** Stamps the batch with the broker's time (message.timestamp.type=LogAppendTime, KIP-32). */
  public void stampLogAppendTime(long epochMs) {
    buffer.putShort(at + ATTRIBUTES, (short) (attributes() | LOG_APPEND_TIME_FLAG));
    buffer.putLong(at + MAX_TIMESTAMP, epochMs);
    buffer.putInt(at + CRC, computedChecksum());
  }

  /** True if the stored CRC-32C matches the bytes from the attributes to the end. */
  public boolean checksumMatches() {
    return buffer.getInt(at + CRC) == computedChecksum();
  }

  /** The batch alone, sharing the bytes. */
  public ByteBuffer slice() {
    return buffer.slice(at, sizeBytes());
  }

  private short attributes() {
    return buffer.getShort(at + ATTRIBUTES);
  }

  private int computedChecksum() {
    crc32c.reset();
    crc32c.update(buffer.slice(at + ATTRIBUTES, sizeBytes() - ATTRIBUTES));
    return (int) crc32c.getValue();
  }
}
