package dev.trial.broker.transaction;

import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Kafka's formats of the records of {@code __transaction_state}: TransactionLogKey (version 0) and
 * TransactionLogValue (version 0, or 1 from transaction.version 1 on, which is flexible).
 */
final class TransactionFormat {
  private static final int KEY_VERSION = 0;
  private static final int FLEXIBLE = 1;
  private static final int PREVIOUS_PRODUCER_ID_TAG = 0;
  private static final int NEXT_PRODUCER_ID_TAG = 1;
  private static final int CLIENT_VERSION_TAG = 2;
  private static final int MAX_BYTES = 1 << 16;

  private TransactionFormat() {}

  /** A batch with the id's new value, null to forget it; the log assigns the offset. */
  static ByteBuffer batch(String id, TransactionValue value, int transactionVersion, long nowMs) {
    byte[] bytes = value == null ? null : value(value, transactionVersion >= 1 ? FLEXIBLE : 0);
    return MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(nowMs, key(id), bytes))
        .buffer();
  }

  /** Reads every record of a batch; the value is null for a tombstone. */
  static void read(ByteBuffer batch, BiConsumer<String, TransactionValue> sink) {
    for (Record record : MemoryRecords.readableRecords(batch).records()) {
      ByteBuffer key = record.key();
      if (key.getShort() == KEY_VERSION) {
        String id = readText(key, key.getShort());
        sink.accept(id, record.hasValue() ? readValue(record.value()) : null);
      }
    }
  }

  // ---- writing

  static byte[] key(String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + text.length)
        .putShort((short) KEY_VERSION)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  static byte[] value(TransactionValue value, int version) {
    SortedMap<String, List<Integer>> topics = byTopic(value.partitions());
    ByteBuffer out = ByteBuffer.allocate(size(topics));
    out.putShort((short) version).putLong(value.producerId()).putShort(value.epoch());
    out.putInt(value.timeoutMs()).put((byte) value.state().number());
    if (version >= FLEXIBLE) {
      putCompactTopics(out, value.state() == TransactionState.EMPTY ? null : topics);
    } else {
      putTopics(out, value.state() == TransactionState.EMPTY ? null : topics);
    }
    out.putLong(value.updateMs()).putLong(value.startMs());
    if (version >= FLEXIBLE) {
      putTags(out, value);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static int size(SortedMap<String, List<Integer>> topics) {
    int size = 128;
    for (Map.Entry<String, List<Integer>> topic : topics.entrySet()) {
      size += 16 + 3 * topic.getKey().length() + 4 * topic.getValue().size();
    }
    return size;
  }

  private static SortedMap<String, List<Integer>> byTopic(SortedSet<PartitionId> partitions) {
    SortedMap<String, List<Integer>> topics = new TreeMap<>();
    for (PartitionId partition : partitions) {
      topics
          .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
          .add(partition.partition());
    }
    return topics;
  }

  private static void putTopics(ByteBuffer out, SortedMap<String, List<Integer>> topics) {
    if (topics == null) {
      out.putInt(-1);
      return;
    }
    out.putInt(topics.size());
    topics.forEach(
        (topic, partitions) -> {
          byte[] text = topic.getBytes(StandardCharsets.UTF_8);
          out.putShort((short) text.length).put(text).putInt(partitions.size());
          partitions.forEach(out::putInt);
        });
  }

  private static void putCompactTopics(ByteBuffer out, SortedMap<String, List<Integer>> topics) {
    if (topics == null) {
      ByteUtils.writeUnsignedVarint(0, out);
      return;
    }
    ByteUtils.writeUnsignedVarint(topics.size() + 1, out);
    topics.forEach(
        (topic, partitions) -> {
          byte[] text = topic.getBytes(StandardCharsets.UTF_8);
          ByteUtils.writeUnsignedVarint(text.length + 1, out);
          out.put(text);
          ByteUtils.writeUnsignedVarint(partitions.size() + 1, out);
          partitions.forEach(out::putInt);
          ByteUtils.writeUnsignedVarint(0, out);
        });
  }

  /** Tagged fields in the order of their tags; defaults are left out. */
  private static void putTags(ByteBuffer out, TransactionValue value) {
    boolean previous = value.previousProducerId() != TransactionValue.NONE;
    boolean next = value.nextProducerId() != TransactionValue.NONE;
    boolean version = value.clientVersion() != 0;
    ByteUtils.writeUnsignedVarint((previous ? 1 : 0) + (next ? 1 : 0) + (version ? 1 : 0), out);
    if (previous) {
      tag(out, PREVIOUS_PRODUCER_ID_TAG, Long.BYTES).putLong(value.previousProducerId());
    }
    if (next) {
      tag(out, NEXT_PRODUCER_ID_TAG, Long.BYTES).putLong(value.nextProducerId());
    }
    if (version) {
      tag(out, CLIENT_VERSION_TAG, Short.BYTES).putShort((short) value.clientVersion());
    }
  }

  private static ByteBuffer tag(ByteBuffer out, int tag, int bytes) {
    ByteUtils.writeUnsignedVarint(tag, out);
    ByteUtils.writeUnsignedVarint(bytes, out);
    return out;
  }

  // ---- reading

  private static TransactionValue readValue(ByteBuffer in) {
    int version = in.getShort();
    if (version < 0 || version > FLEXIBLE) {
      throw new IllegalArgumentException("TransactionLogValue of unknown version " + version);
    }
    boolean flexible = version >= FLEXIBLE;
    long producerId = in.getLong();
    short epoch = in.getShort();
    int timeoutMs = in.getInt();
    TransactionState state = TransactionState.of(in.get());
    SortedSet<PartitionId> partitions = readTopics(in, flexible);
    long updateMs = in.getLong();
    long startMs = in.getLong();
    long[] tags = flexible ? readTags(in) : new long[] {-1, -1, 0};
    return new TransactionValue(
        producerId,
        tags[PREVIOUS_PRODUCER_ID_TAG],
        tags[NEXT_PRODUCER_ID_TAG],
        epoch,
        (short) TransactionValue.NONE,
        timeoutMs,
        state,
        partitions,
        startMs,
        updateMs,
        (int) tags[CLIENT_VERSION_TAG]);
  }

  private static SortedSet<PartitionId> readTopics(ByteBuffer in, boolean flexible) {
    SortedSet<PartitionId> partitions = new TreeSet<>();
    int topics = count(in, flexible);
    for (int i = 0; i < topics; i++) {
      String topic = readText(in, flexible ? ByteUtils.readUnsignedVarint(in) - 1 : in.getShort());
      int numbers = count(in, flexible);
      for (int j = 0; j < numbers; j++) {
        partitions.add(new PartitionId(topic, in.getInt()));
      }
      if (flexible) {
        readTags(in);
      }
    }
    return partitions;
  }

  private static int count(ByteBuffer in, boolean flexible) {
    return flexible ? ByteUtils.readUnsignedVarint(in) - 1 : in.getInt();
  }

  private static String readText(ByteBuffer in, int length) {
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static long[] readTags(ByteBuffer in) {
    long[] values = {-1, -1, 0};
    int count = ByteUtils.readUnsignedVarint(in);
    for (int i = 0; i < count; i++) {
      int tag = ByteUtils.readUnsignedVarint(in);
      int bytes = ByteUtils.readUnsignedVarint(in);
      int next = in.position() + bytes;
      if (tag <= CLIENT_VERSION_TAG) {
        values[tag] = tag == CLIENT_VERSION_TAG ? in.getShort() : in.getLong();
      }
      in.position(next);
    }
    return values;
  }
}
