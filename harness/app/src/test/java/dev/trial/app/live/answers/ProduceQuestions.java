package dev.trial.app.live.answers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** Produce. */
final class ProduceQuestions {
  private static final int TIMEOUT_MS = 10_000;
  private static final int NEWEST_BY_NAME = 12;
  private static final long UNKNOWN_PRODUCER = 987_654_321L;

  private ProduceQuestions() {}

  static void add(Table table) {
    whereTo(table);
    acks(table);
    frames(table);
    records(table);
    producers(table);
  }

  private static void whereTo(Table table) {
    for (int version : new int[] {3, 8, 10, 12}) {
      produce(table, "to an unknown topic", version, () -> one("no-such-topic", 0, Batch.plain()));
      produce(table, "to an unknown partition", version, () -> one(Scene.ORDERS, 7, Batch.plain()));
      produce(table, "to another leader", version, () -> one(Scene.ORDERS, 1, Batch.plain()));
    }
    for (String name : new String[] {"", "a b", "__consumer_offsets", "__transaction_state"}) {
      produce(table, "to '" + name + "'", NEWEST_BY_NAME, () -> one(name, 0, Batch.plain()));
    }
    produce(table, "to a negative partition", 12, () -> one(Scene.ORDERS, -1, Batch.plain()));
    byId(table, "an unknown id", scene -> new Uuid(1, 2));
    byId(table, "no id", scene -> Uuid.ZERO_UUID);
    byId(table, "a known id", scene -> scene.id(Scene.ORDERS));
    produce(
        table,
        "to a topic twice",
        NEWEST_BY_NAME,
        () ->
            request(
                topic(Scene.ORDERS, of(0, Batch.plain())),
                topic(Scene.ORDERS, of(0, Batch.plain()))));
    produce(
        table,
        "to a partition twice",
        NEWEST_BY_NAME,
        () -> request(topic(Scene.ORDERS, of(0, Batch.plain()), of(0, Batch.plain()))));
    produce(table, "of nothing", NEWEST_BY_NAME, ProduceQuestions::request);
    produce(table, "of no partitions", NEWEST_BY_NAME, () -> request(topic(Scene.ORDERS)));
    produce(
        table,
        "of which one is bad",
        NEWEST_BY_NAME,
        () ->
            request(
                topic(Scene.ORDERS, of(0, Batch.withWrongChecksum(Batch.plain()))),
                topic(Scene.COMPACTED, of(0, keyed()))));
  }

  private static void acks(Table table) {
    for (int acks : new int[] {2, -2}) {
      produce(
          table,
          "with acks " + acks,
          NEWEST_BY_NAME,
          () -> one(Scene.ORDERS, 0, Batch.plain()).setAcks((short) acks));
    }
    produce(
        table,
        "with acks 0 to an unknown topic",
        NEWEST_BY_NAME,
        () -> one("no-such-topic", 0, Batch.plain()).setAcks((short) 0));
    produce(
        table,
        "with a negative timeout",
        NEWEST_BY_NAME,
        () -> one(Scene.ORDERS, 0, Batch.plain()).setTimeoutMs(-1).setAcks((short) 1));
  }

  /** What is told before single records are looked at. */
  private static void frames(Table table) {
    refused(table, "no records", () -> ByteBuffer.allocate(0));
    refused(table, "two batches", () -> Batch.joined(Batch.plain(), Batch.plain()));
    refused(table, "half a batch", () -> Batch.plain().limit(30));
    refused(
        table, "a batch and a half", () -> Batch.joined(Batch.plain(), Batch.plain().limit(30)));
    refused(table, "a length that is too large", () -> Batch.plain().putInt(Batch.LENGTH_AT, 999));
    refused(table, "a length that is too small", () -> Batch.plain().putInt(Batch.LENGTH_AT, 9));
    refused(table, "a negative length", () -> Batch.plain().putInt(Batch.LENGTH_AT, -1));
    for (int magic : new int[] {0, 1}) {
      for (int version : new int[] {3, 9}) {
        produce(
            table,
            "in format " + magic,
            version,
            () -> one(Scene.ORDERS, 0, Batch.old((byte) magic)));
      }
    }
    refused(table, "magic 3", () -> Batch.withByte(Batch.plain(), Batch.MAGIC_AT, 3));
    refused(table, "magic -1", () -> Batch.withByte(Batch.plain(), Batch.MAGIC_AT, -1));
    for (int version : new int[] {3, 6, 7, 12}) {
      produce(
          table,
          "compressed with zstd",
          version,
          () -> one(Scene.ORDERS, 0, Batch.plain(Compression.zstd().build())));
    }
    refused(table, "a wrong checksum", () -> Batch.withWrongChecksum(Batch.plain()));
    produce(
        table,
        "of a wrong checksum",
        7,
        () -> one(Scene.ORDERS, 0, Batch.withWrongChecksum(Batch.plain())));
    produce(table, "too large", NEWEST_BY_NAME, () -> one(Scene.ORDERS, 0, large()));
  }

  private static ByteBuffer large() {
    String value = "x".repeat(1 << 16);
    String[] values = new String[17];
    Arrays.fill(values, value);
    return Batch.of(Compression.NONE, System.currentTimeMillis(), null, values);
  }

  private static void records(Table table) {
    refused(table, "count 0", () -> Batch.with(Batch.plain(), Batch.COUNT_AT, 0));
    refused(table, "count -1", () -> Batch.with(Batch.plain(), Batch.COUNT_AT, -1));
    refused(table, "count 2 of 1", () -> Batch.with(Batch.plain(), Batch.COUNT_AT, 2));
    refused(
        table,
        "count and delta 2 of 1",
        () ->
            Batch.with(
                Batch.with(Batch.plain(), Batch.COUNT_AT, 2), Batch.LAST_OFFSET_DELTA_AT, 1));
    refused(
        table,
        "count and delta 1 of 2",
        () -> {
          ByteBuffer two = Batch.of(Compression.NONE, System.currentTimeMillis(), null, "a", "b");
          return Batch.with(Batch.with(two, Batch.COUNT_AT, 1), Batch.LAST_OFFSET_DELTA_AT, 0);
        });
    refused(table, "delta 5", () -> Batch.with(Batch.plain(), Batch.LAST_OFFSET_DELTA_AT, 5));
    refused(table, "delta -1", () -> Batch.with(Batch.plain(), Batch.LAST_OFFSET_DELTA_AT, -1));
    refused(
        table, "a control batch", () -> Batch.withShort(Batch.plain(), Batch.ATTRIBUTES_AT, 0x20));
    refused(
        table,
        "the log's own time",
        () -> Batch.withShort(Batch.plain(), Batch.ATTRIBUTES_AT, 0x08));
    refused(
        table, "a delete horizon", () -> Batch.withShort(Batch.plain(), Batch.ATTRIBUTES_AT, 0x40));
    refused(
        table,
        "an unknown compression",
        () -> Batch.withShort(Batch.plain(), Batch.ATTRIBUTES_AT, 0x07));
    for (int codec : new int[] {1, 2, 3, 4}) {
      refused(
          table,
          "what codec " + codec + " cannot read",
          () -> Batch.withShort(Batch.plain(), Batch.ATTRIBUTES_AT, codec));
    }
    long tooLateMs = TimeUnit.DAYS.toMillis(1);
    refused(
        table,
        "tomorrow's records",
        () -> Batch.of(Compression.NONE, System.currentTimeMillis() + tooLateMs, null, "a", "b"));
    refused(
        table,
        "compressed records of tomorrow",
        () ->
            Batch.of(
                Compression.gzip().build(),
                System.currentTimeMillis() + tooLateMs,
                null,
                "a",
                "b"));
    for (Compression compression :
        new Compression[] {Compression.NONE, Compression.lz4().build()}) {
      produce(
          table,
          "without keys to a compacted topic, compressed by " + compression.type(),
          NEWEST_BY_NAME,
          () ->
              one(
                  Scene.COMPACTED,
                  0,
                  Batch.of(compression, System.currentTimeMillis(), null, "a", "b", "c")));
    }
    produce(
        table,
        "without keys to a compacted topic, before their errors were told",
        7,
        () -> one(Scene.COMPACTED, 0, Batch.plain()));
    produce(table, "with keys to a compacted topic", 12, () -> one(Scene.COMPACTED, 0, keyed()));
    produce(
        table,
        "of yesterday's records where they are too old",
        NEWEST_BY_NAME,
        () ->
            one(
                Scene.COMPACTED,
                0,
                Batch.of(
                    Compression.NONE, System.currentTimeMillis() - tooLateMs, "key", "a", "b")));
  }

  private static ByteBuffer keyed() {
    return Batch.of(Compression.NONE, System.currentTimeMillis(), "key", "a");
  }

  private static void producers(Table table) {
    refused(table, "a first sequence of 5", () -> Batch.of(UNKNOWN_PRODUCER, 0, 5, false));
    refused(table, "a first sequence of 0", () -> Batch.of(UNKNOWN_PRODUCER + 1, 5, 0, false));
    refused(table, "a gap", () -> Batch.of(UNKNOWN_PRODUCER + 1, 5, 7, false));
    refused(table, "the same again", () -> Batch.of(UNKNOWN_PRODUCER + 1, 5, 0, false));
    refused(table, "an old epoch", () -> Batch.of(UNKNOWN_PRODUCER + 1, 4, 1, false));
    refused(
        table, "a new epoch with sequence 3", () -> Batch.of(UNKNOWN_PRODUCER + 1, 6, 3, false));
    refused(table, "a transaction without id", () -> Batch.of(UNKNOWN_PRODUCER, 0, 0, true));
    for (int version : new int[] {11, 12}) {
      produce(
          table,
          "of an unknown transaction",
          version,
          () ->
              one(Scene.ORDERS, 0, Batch.of(UNKNOWN_PRODUCER + 2, 0, 0, true))
                  .setTransactionalId("no-such-id"));
    }
    produce(
        table,
        "of plain records with a transactional id",
        NEWEST_BY_NAME,
        () -> one(Scene.ORDERS, 0, Batch.plain()).setTransactionalId("no-such-id"));
    produce(
        table,
        "of two producers' transactions",
        NEWEST_BY_NAME,
        () ->
            request(
                    topic(Scene.ORDERS, of(0, Batch.of(UNKNOWN_PRODUCER + 3, 0, 0, true))),
                    topic(Scene.COMPACTED, of(0, Batch.of(UNKNOWN_PRODUCER + 4, 0, 0, true))))
                .setTransactionalId("no-such-id"));
  }

  private static void byId(Table table, String what, java.util.function.Function<Scene, Uuid> id) {
    table.ask(
        "Produce by " + what + " v13",
        13,
        scene -> 1,
        scene ->
            request(
                new TopicProduceData()
                    .setTopicId(id.apply(scene))
                    .setPartitionData(List.of(of(0, Batch.withWrongChecksum(Batch.plain()))))));
  }

  private static void refused(Table table, String what, Supplier<ByteBuffer> records) {
    produce(table, "of " + what, NEWEST_BY_NAME, () -> one(Scene.ORDERS, 0, records.get()));
  }

  private static void produce(
      Table table, String what, int version, Supplier<? extends ApiMessage> request) {
    table.ask("Produce " + what + " v" + version, version, scene -> 1, scene -> request.get());
  }

  private static ProduceRequestData one(String topic, int partition, ByteBuffer records) {
    return request(topic(topic, of(partition, records)));
  }

  private static ProduceRequestData request(TopicProduceData... topics) {
    ProduceRequestData request =
        new ProduceRequestData().setAcks((short) -1).setTimeoutMs(TIMEOUT_MS);
    request.topicData().addAll(List.of(topics));
    return request;
  }

  private static TopicProduceData topic(String name, PartitionProduceData... partitions) {
    return new TopicProduceData().setName(name).setPartitionData(List.of(partitions));
  }

  private static PartitionProduceData of(int partition, ByteBuffer records) {
    return new PartitionProduceData()
        .setIndex(partition)
        .setRecords(MemoryRecords.readableRecords(records));
  }
}
