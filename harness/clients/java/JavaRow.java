import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What every Java client can do: produce, a transaction that commits and one that aborts, a classic group, and a group
 * of KIP-848 where the client has it. What came or went between 0.10.2 and today is called by its name.
 */
public final class JavaRow {
  private static final String TOPIC = System.getenv("TOPIC");
  private static final int RECORDS = 50;

  public static void main(String[] arguments) throws Exception {
    String did;
    if (method(KafkaProducer.class, "initTransactions") == null) {
      refused();
      did = "refused, as Kafka 4 refuses it (KIP-896)";
    } else {
      produce();
      transact();
      consume("classic");
      did = "produce, transactions, a classic group";
      if (knowsConsumerProtocol()) {
        consume("consumer");
        did += ", a KIP-848 group";
      }
    }
    System.out.println("did=" + did);
    System.exit(0);
  }

  private static Map<String, Object> settings(Object... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", System.getenv("BOOTSTRAP"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private static KafkaProducer<String, String> producer(Object... more) {
    return new KafkaProducer<>(settings(more), new StringSerializer(), new StringSerializer());
  }

  private static Future<RecordMetadata> send(KafkaProducer<String, String> producer, String value) {
    return producer.send(new ProducerRecord<>(TOPIC, "key-" + value.hashCode() % 10, value));
  }

  private static void produce() throws Exception {
    try (KafkaProducer<String, String> producer = producer("acks", "all", "compression.type", "gzip")) {
      for (int n = 0; n < RECORDS; n++) {
        send(producer, "plain " + n).get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void transact() throws Exception {
    try (KafkaProducer<String, String> producer = producer("transactional.id", TOPIC, "enable.idempotence", true)) {
      call(producer, "initTransactions");
      for (String end : Arrays.asList("commit", "abort")) {
        call(producer, "beginTransaction");
        send(producer, end);
        producer.flush();
        call(producer, end + "Transaction");
      }
    }
  }

  private static void consume(String protocol) throws Exception {
    Map<String, Object> settings =
        settings(
            "group.id", TOPIC + "-" + protocol,
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    if (protocol.equals("consumer")) {
      settings.put("group.protocol", protocol);
    }
    Set<String> values = new TreeSet<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(Collections.singletonList(TOPIC));
      while (values.size() <= RECORDS && System.nanoTime() < end) {
        for (ConsumerRecord<String, String> record : poll(consumer)) {
          values.add(record.value());
        }
      }
      consumer.commitSync();
    }
    if (values.size() != RECORDS + 1 || values.contains("abort")) {
      throw new AssertionError(protocol + " group: " + values.size() + " values: " + values);
    }
  }

  /** Kafka 4 has neither the versions of Produce nor those of Fetch that this client speaks. */
  private static void refused() {
    try (KafkaProducer<String, String> producer = producer("acks", "all", "request.timeout.ms", 2000, "retries", 0)) {
      send(producer, "too old").get(20, TimeUnit.SECONDS);
    } catch (Exception expected) {
      return;
    }
    throw new AssertionError("a record written with Produce v2 was acknowledged");
  }

  private static boolean knowsConsumerProtocol() {
    // Since 4.0 it is no longer a preview (KIP-848).
    return method(KafkaConsumer.class, "poll", long.class) == null;
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecords<String, String> poll(KafkaConsumer<String, String> consumer) throws Exception {
    Method byMs = method(KafkaConsumer.class, "poll", long.class);
    Object records =
        byMs != null
            ? byMs.invoke(consumer, 200L)
            : KafkaConsumer.class
                .getMethod("poll", java.time.Duration.class)
                .invoke(consumer, java.time.Duration.ofMillis(200));
    return (ConsumerRecords<String, String>) records;
  }

  private static void call(Object target, String name) throws Exception {
    target.getClass().getMethod(name).invoke(target);
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException absent) {
      return null;
    }
  }
}
