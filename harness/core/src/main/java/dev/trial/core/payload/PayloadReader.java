package dev.trial.core.payload;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Reads {@link Payload}s back and says in what a record differs from what was sent. */
public final class PayloadReader {

  /** The timestamp to give when the log stamps records itself (LogAppendTime). */
  public static final long UNCHECKED_TIMESTAMP = Long.MIN_VALUE;

  private PayloadReader() {}

  /**
   * The value id that a record's bytes carry; {@link Delivered#NO_VALUE} if they are no intact
   * payload.
   */
  public static long valueOf(byte[] key, byte[] value) {
    return intact(value) ? ByteBuffer.wrap(value).getLong(1) : Delivered.NO_VALUE;
  }

  /** The payload in those bytes, null if they are no intact one. */
  public static Payload decode(byte[] value) {
    if (!intact(value)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value, 1, value.length - 1);
    long id = bytes.getLong();
    long timestampMs = bytes.getLong();
    int partition = bytes.getShort();
    String topic = text(bytes, bytes.get() & 0xFF);
    int keyLength = bytes.get() & 0xFF;
    String key = keyLength == Payload.NO_KEY ? null : text(bytes, keyLength);
    return new Payload(id, topic, partition, key, timestampMs);
  }

  /**
   * The record as a history keeps it, with the first difference from what was sent as its defect.
   * Of a tombstone only the header tells which one it is.
   *
   * @param header the one {@link Payload#HEADER} of the record, null if it has none or several
   * @param timestampMs the record's CreateTime, or {@link #UNCHECKED_TIMESTAMP}
   */
  public static Delivered read(
      PartitionId at, long offset, byte[] key, byte[] value, byte[] header, long timestampMs) {
    String keyText = key == null ? null : new String(key, StandardCharsets.UTF_8);
    if (value == null && header != null && header.length == 8) {
      return new Delivered(at, offset, ByteBuffer.wrap(header).getLong(), keyText, null);
    }
    Payload payload = decode(value);
    if (payload == null) {
      return new Delivered(
          at, offset, Delivered.NO_VALUE, keyText, "checksum: the bytes are not what was sent");
    }
    String defect = defect(payload, at, keyText, header, timestampMs);
    return new Delivered(at, offset, payload.value(), keyText, defect);
  }

  private static String defect(
      Payload sent, PartitionId at, String key, byte[] header, long timestampMs) {
    if (!sent.topic().equals(at.topic())) {
      return "topic: sent to " + sent.topic() + ", read from " + at.topic();
    }
    if (sent.partition() >= 0 && sent.partition() != at.partition()) {
      return "partition: sent to " + sent.partition() + ", read from " + at.partition();
    }
    if (!Objects.equals(sent.key(), key)) {
      return "key: sent " + sent.key() + ", read " + key;
    }
    if (!Arrays.equals(sent.header(), header)) {
      return "header: sent " + sent.value() + ", read " + headerText(header);
    }
    if (timestampMs != UNCHECKED_TIMESTAMP && timestampMs != sent.timestampMs()) {
      return "timestamp: sent " + sent.timestampMs() + ", read " + timestampMs;
    }
    return null;
  }

  private static String headerText(byte[] header) {
    if (header == null) {
      return "none";
    }
    return header.length == 8
        ? Long.toString(ByteBuffer.wrap(header).getLong())
        : header.length + " bytes";
  }

  private static boolean intact(byte[] value) {
    int least = Payload.FIXED_BYTES + 1 + Payload.CHECKSUM_BYTES;
    if (value == null || value.length < least || value[0] != Payload.MAGIC) {
      return false;
    }
    int end = value.length - Payload.CHECKSUM_BYTES;
    return ByteBuffer.wrap(value).getInt(end) == Payload.checksum(value, end);
  }

  private static String text(ByteBuffer bytes, int length) {
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
