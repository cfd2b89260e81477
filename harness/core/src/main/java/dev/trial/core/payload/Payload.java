package dev.trial.core.payload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What the bytes of a record's value tell about the send they came from.
 *
 * <p>Layout, big-endian: magic (1), value id (8), timestamp (8), partition (2), topic length (1),
 * topic, key length (1, 255 for no key), key, padding derived from the value id, CRC32C of all
 * before it (4). Small on purpose: a record must fit a batch of 128 bytes, for that is where a
 * client's buffers are reused fastest (KAFKA-19012).
 *
 * @param value the value id, not negative
 * @param partition the partition asked for, −1 when the partitioner decides
 * @param key as text, null for none; at most 254 bytes of UTF-8
 * @param timestampMs the record's CreateTime, in milliseconds since the Unix epoch
 */
public record Payload(long value, String topic, int partition, String key, long timestampMs) {

  /** The name of the header that repeats the value id, as eight big-endian bytes. */
  public static final String HEADER = "v";

  static final byte MAGIC = 0x7E;
  static final int FIXED_BYTES = 1 + 8 + 8 + 2 + 1;
  static final int CHECKSUM_BYTES = 4;
  static final int NO_KEY = 255;

  public Payload {
    if (value < 0) {
      throw new IllegalArgumentException("a value id is not negative: " + value);
    }
    if (partition < -1 || partition > Short.MAX_VALUE) {
      throw new IllegalArgumentException("partition out of range: " + partition);
    }
  }

  /** The value's bytes, padded to {@code sizeBytes} (never shorter than the content). */
  public byte[] encode(int sizeBytes) {
    byte[] topicBytes = text(topic, "topic");
    byte[] keyBytes = key == null ? new byte[0] : text(key, "key");
    int content = FIXED_BYTES + topicBytes.length + 1 + keyBytes.length + CHECKSUM_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(content, sizeBytes));
    bytes.put(MAGIC).putLong(value).putLong(timestampMs).putShort((short) partition);
    bytes.put((byte) topicBytes.length).put(topicBytes);
    bytes.put((byte) (key == null ? NO_KEY : keyBytes.length)).put(keyBytes);
    pad(bytes);
    return bytes.putInt(checksum(bytes.array(), bytes.position())).array();
  }

  /** The header that goes with the value. */
  public byte[] header() {
    return header(value);
  }

  static byte[] header(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private void pad(ByteBuffer bytes) {
    long state = value;
    while (bytes.remaining() > CHECKSUM_BYTES) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      bytes.put((byte) (state >>> 56));
    }
  }

  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static byte[] text(String text, String what) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NO_KEY) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes, at most 254 fit: " + text);
    }
    return bytes;
  }
}
