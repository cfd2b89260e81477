import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Counts records by key with exactly_once_v2, through a repartition topic and a changelog. */
public final class StreamsRow {
  private static final String TOPIC = System.getenv("TOPIC");
  private static final String COUNTS = TOPIC + "-counts";
  private static final int RECORDS = 100;
  private static final int KEYS = 10;

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> common = Map.of("bootstrap.servers", System.getenv("BOOTSTRAP"));
    try (Admin admin = Admin.create(common)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) -1), new NewTopic(COUNTS, 3, (short) -1))).all().get();
      produce(common);
      KafkaStreams streams = streams(common);
      streams.start();
      check(counts(common));
      if (!streams.close(Duration.ofSeconds(30))) {
        throw new AssertionError("Streams did not close in 30 s");
      }
    }
    System.out.println("version=" + AppInfoParser.getVersion());
    System.out.println("did=counting with exactly_once_v2, a repartition topic and a changelog");
    System.exit(0);
  }

  private static void produce(Map<String, Object> common) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(new HashMap<>(common), new StringSerializer(), new StringSerializer())) {
      for (int n = 0; n < RECORDS; n++) {
        producer.send(new ProducerRecord<>(TOPIC, "unkeyed", "key-" + n % KEYS));
      }
      producer.flush();
    }
  }

  private static KafkaStreams streams(Map<String, Object> common) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.<String, String>stream(TOPIC)
        .selectKey((key, value) -> value)
        .groupByKey()
        .count(Materialized.as(Stores.inMemoryKeyValueStore("counts")))
        .toStream()
        .to(COUNTS, Produced.valueSerde(Serdes.Long()));
    Properties settings = new Properties();
    settings.putAll(common);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, TOPIC + "-app");
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, Path.of(System.getenv("WORK"), "state").toString());
    return new KafkaStreams(builder.build(), settings);
  }

  /** The newest count of each key, when all records are counted. */
  private static Map<String, Long> counts(Map<String, Object> common) {
    Map<String, Object> settings = new HashMap<>(common);
    settings.putAll(Map.of("group.id", TOPIC, "auto.offset.reset", "earliest", "isolation.level", "read_committed"));
    Map<String, Long> counts = new HashMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (KafkaConsumer<String, Long> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new LongDeserializer())) {
      consumer.subscribe(List.of(COUNTS));
      while (total(counts) < RECORDS && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> counts.put(record.key(), record.value()));
      }
    }
    return counts;
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void check(Map<String, Long> counts) {
    if (counts.size() != KEYS || counts.values().stream().anyMatch(count -> count != RECORDS / KEYS)) {
      throw new AssertionError("counts after a minute: " + counts);
    }
  }
}
