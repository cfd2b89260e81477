package dev.trial.sim.world;

/** Whether a request gets an answer at all: Produce with acks=0 is the only one that does not. */
final class ProduceAcks {
  private static final int PRODUCE = 0;
  private static final int FIRST_TRANSACTIONAL_VERSION = 3;
  private static final int FIRST_FLEXIBLE_VERSION = 9;

  private ProduceAcks() {}

  /**
   * Reads acks of the frame at {@code at}; what is cut off before acks counts as answered.
   *
   * <p>Produce: header v1 (client id) up to version 8, v2 (and tagged fields) from 9; the body
   * starts with transactional_id from version 3, then acks (Kafka protocol guide).
   */
  static boolean answered(byte[] bytes, int at) {
    if (FrameGates.int16(bytes, at + 4) != PRODUCE) {
      return true;
    }
    int version = FrameGates.int16(bytes, at + 6);
    int position = afterText(bytes, at + 12);
    if (version >= FIRST_FLEXIBLE_VERSION) {
      // tagged fields of the header (clients send none) and a compact transactional id
      position = position < bytes.length ? afterCompactText(bytes, position + 1) : position;
    } else if (version >= FIRST_TRANSACTIONAL_VERSION) {
      position = afterText(bytes, position);
    }
    return position + 2 > bytes.length || FrameGates.int16(bytes, position) != 0;
  }

  private static int afterText(byte[] bytes, int at) {
    return at + 2 > bytes.length ? at : at + 2 + Math.max(0, FrameGates.int16(bytes, at));
  }

  private static int afterCompactText(byte[] bytes, int at) {
    int length = 0;
    int shift = 0;
    int position = at;
    while (position < bytes.length && bytes[position] < 0) {
      length |= (bytes[position++] & 0x7F) << shift;
      shift += 7;
    }
    if (position >= bytes.length) {
      return position;
    }
    length |= bytes[position++] << shift;
    return position + Math.max(0, length - 1);
  }
}
