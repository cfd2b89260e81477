package dev.trial.broker.group;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer with the primitive types of Kafka's protocol. */
final class Bytes {
  private ByteBuffer buffer = ByteBuffer.allocate(256);

  int size() {
    return buffer.position();
  }

  byte[] toArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** The written bytes, ready to be read. */
  ByteBuffer finished() {
    return buffer.flip();
  }

  ByteBuffer raw() {
    return buffer;
  }

  Bytes int8(int value) {
    room(1).put((byte) value);
    return this;
  }

  Bytes int16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  Bytes int32(int value) {
    room(4).putInt(value);
    return this;
  }

  Bytes int64(long value) {
    room(8).putLong(value);
    return this;
  }

  Bytes bytes(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  Bytes unsignedVarint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      int8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return int8(rest);
  }

  /** A signed variable-length number (zigzag), as records use. */
  Bytes varlong(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      int8((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return int8((int) rest);
  }

  /** STRING or NULLABLE_STRING. */
  Bytes string(String value) {
    if (value == null) {
      return int16(-1);
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return int16(utf8.length).bytes(utf8);
  }

  /** COMPACT_STRING or COMPACT_NULLABLE_STRING. */
  Bytes compactString(String value) {
    if (value == null) {
      return unsignedVarint(0);
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return unsignedVarint(utf8.length + 1).bytes(utf8);
  }

  /** BYTES. */
  Bytes sized(byte[] value) {
    return int32(value.length).bytes(value);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }

  // ---- reading

  static long readVarlong(ByteBuffer from) {
    long raw = 0;
    int shift = 0;
    byte next;
    do {
      next = from.get();
      raw |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return (raw >>> 1) ^ -(raw & 1);
  }

  static int readUnsignedVarint(ByteBuffer from) {
    int value = 0;
    int shift = 0;
    byte next;
    do {
      next = from.get();
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  static byte[] readBytes(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  static String readString(ByteBuffer from) {
    short length = from.getShort();
    return length < 0 ? null : new String(readBytes(from, length), StandardCharsets.UTF_8);
  }

  static String readCompactString(ByteBuffer from) {
    int length = readUnsignedVarint(from) - 1;
    return length < 0 ? null : new String(readBytes(from, length), StandardCharsets.UTF_8);
  }

  static byte[] readSized(ByteBuffer from) {
    return readBytes(from, from.getInt());
  }
}
