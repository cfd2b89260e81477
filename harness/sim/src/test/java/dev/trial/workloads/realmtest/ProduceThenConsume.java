package dev.trial.workloads.realmtest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records, waits for all of them, then reads them back in a group and commits. */
public final class ProduceThenConsume implements Consumer<Map<String, Object>> {
  private static final int RECORDS = 200;

  @Override
  public void accept(Map<String, Object> io) {
    @SuppressWarnings("unchecked")
    Consumer<String> trace = (Consumer<String>) io.get("trace");
    io.put("acked", produce(io, trace));
    io.put("read", consume(trace));
    io.put("thread", Thread.currentThread().getName());
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "broker-1:9092");
    settings.put("client.id", "c");
    settings.put("metric.reporters", "");
    settings.put("enable.metrics.push", "false");
    return settings;
  }

  private static int produce(Map<String, Object> io, Consumer<String> trace) {
    Map<String, Object> settings = settings();
    settings.put("enable.idempotence", io.get("idempotent"));
    settings.put("acks", "all");
    settings.put("compression.type", io.get("compression"));
    settings.put("linger.ms", "5");
    settings.put("batch.size", "256");
    int[] acked = new int[1];
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        ProducerRecord<String, String> record = new ProducerRecord<>("t", "k" + i, "value-" + i);
        producer.send(
            record,
            (metadata, error) -> {
              acked[0] += error == null ? 1 : 0;
              trace.accept("ack " + metadata + error);
            });
        if (i % 50 == 0) {
          producer.flush();
        }
      }
    }
    return acked[0];
  }

  private static int consume(Consumer<String> trace) {
    Map<String, Object> settings = settings();
    settings.put("group.id", "g");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    int read = 0;
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("t"));
      for (int polls = 0; polls < 200 && read < RECORDS; polls++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          read++;
          trace.accept("got " + record.partition() + "@" + record.offset() + record.value());
        }
      }
      consumer.commitSync();
    }
    return read;
  }
}
