package dev.trial.workloads.brokertest;

import dev.trial.core.history.Action.Note;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Transactional producers and their readers as users write them; what they saw goes to notes. */
public final class TransactionScripts implements ClientProgram {
  private ClientContext context;

  @Override
  public void run(ClientContext given) throws Exception {
    context = given;
    switch (context.parameters().text("script", "")) {
      case "basic" -> basic();
      case "zombie" -> zombie();
      case "transform" -> transform();
      case "loop" -> loop();
      case "hold" -> hold();
      case "read" -> read();
      default -> throw new IllegalArgumentException("no such script");
    }
  }

  private void note(String text) {
    context.recorder().fact(context.process(), new Note(text));
  }

  private KafkaProducer<String, String> producer(String transactionalId) {
    Map<String, Object> settings = new HashMap<>(context.settings());
    settings.put("transactional.id", transactionalId);
    settings.put("acks", "all");
    settings.put(
        "transaction.timeout.ms", context.parameters().text("transaction.timeout.ms", "60000"));
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer(String isolation) {
    Map<String, Object> settings = new HashMap<>(context.settings());
    settings.put("isolation.level", isolation);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    settings.put("group.id", "g");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static ProducerRecord<String, String> record(String topic, int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value);
  }

  /** Reads a topic's partitions from begin to the end that this isolation level is told. */
  private List<String> readAll(String topic, String isolation, int partitions) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(isolation)) {
      for (int i = 0; i < partitions; i++) {
        TopicPartition partition = new TopicPartition(topic, i);
        consumer.assign(Collections.singletonList(partition));
        consumer.seekToBeginning(consumer.assignment());
        long end = consumer.endOffsets(consumer.assignment()).get(partition);
        while (consumer.position(partition) < end) {
          consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
        }
      }
    }
    return values;
  }

  private void basic() {
    try (KafkaProducer<String, String> producer = producer("t")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("orders", 0, "a"));
      producer.send(record("orders", 1, "b"));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record("orders", 0, "x"));
      producer.send(record("orders", 1, "y"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record("orders", 0, "c"));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record("orders", 0, "open"));
      producer.flush();
      note("committed " + readAll("orders", "read_committed", 2));
      note("uncommitted " + readAll("orders", "read_uncommitted", 2));
      producer.abortTransaction();
    }
    context.sleep(500);
    note("committed " + readAll("orders", "read_committed", 2));
  }

  private void zombie() {
    try (KafkaProducer<String, String> first = producer("t");
        KafkaProducer<String, String> second = producer("t")) {
      first.initTransactions();
      first.beginTransaction();
      first.send(record("orders", 0, "zombie"));
      first.flush();
      second.initTransactions();
      second.beginTransaction();
      second.send(record("orders", 0, "heir"));
      try {
        first.send(record("orders", 1, "late"));
        first.commitTransaction();
        note("the zombie committed");
      } catch (KafkaException expected) {
        note("the zombie got " + expected.getClass().getSimpleName());
      }
      second.commitTransaction();
    }
    context.sleep(500);
    note("committed " + readAll("orders", "read_committed", 2));
  }

  /** Consume, transform, produce: each input once in the output, aborts in between. */
  private void transform() {
    try (KafkaProducer<String, String> source = producer("source")) {
      source.initTransactions();
      source.beginTransaction();
      for (int i = 0; i < 20; i++) {
        source.send(record("orders", i % 2, "i" + i));
      }
      source.commitTransaction();
    }
    int attempts = 0;
    int done = 0;
    try (KafkaProducer<String, String> producer = producer("t");
        KafkaConsumer<String, String> consumer = consumer("read_committed")) {
      producer.initTransactions();
      consumer.subscribe(Collections.singletonList("orders"));
      while (done < 20) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        List<String> inputs = new ArrayList<>();
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          inputs.add(record.value());
          offsets.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
        }
        if (inputs.isEmpty()) {
          continue;
        }
        producer.beginTransaction();
        inputs.forEach(input -> producer.send(record("out", 0, input)));
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        if (attempts++ == 0) {
          producer.abortTransaction();
          consumer.seekToBeginning(consumer.assignment());
        } else {
          producer.commitTransaction();
          done += inputs.size();
        }
      }
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
      long sum = committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
      note("offsets " + sum);
    }
    List<String> out = readAll("out", "read_committed", 1);
    Collections.sort(out);
    note("out " + out.size() + " distinct " + out.stream().distinct().count());
    note("with aborted " + (readAll("out", "read_uncommitted", 1).size() > 20));
  }

  /** One transaction after the other until told to stop; each writes to two partitions. */
  private void loop() {
    String name = context.client();
    int number = 0;
    while (!context.stopping()) {
      try (KafkaProducer<String, String> producer = producer(name)) {
        producer.initTransactions();
        while (!context.stopping()) {
          transaction(producer, name + "-" + number++);
          context.sleep(context.random("pace").nextInt(40));
        }
      } catch (ProducerFencedException | OutOfOrderSequenceException | AuthorizationException e) {
        note("unexpected " + e);
      } catch (KafkaException again) {
        note("again " + again);
        context.sleep(100);
      }
    }
  }

  private void transaction(KafkaProducer<String, String> producer, String value) {
    boolean abort = context.random("abort").nextInt(4) == 0;
    producer.beginTransaction();
    producer.send(record("orders", 0, value));
    producer.send(record("orders", 1, value));
    if (abort) {
      producer.flush();
      producer.abortTransaction();
      note("aborted " + value);
      return;
    }
    while (true) {
      try {
        producer.commitTransaction();
        note("commit " + value);
        return;
      } catch (TimeoutException retriable) {
        note("retried " + value);
      }
    }
  }

  /** Leaves a transaction open for as long as it lives, then reads. */
  private void hold() {
    KafkaProducer<String, String> producer = producer("t");
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(record("orders", 0, "held"));
    producer.flush();
    note("held");
    context.sleep(context.parameters().number("hold.ms", 60_000));
    try {
      producer.send(record("orders", 0, "more"));
      producer.commitTransaction();
      note("the commit succeeded");
    } catch (KafkaException expected) {
      note("the commit got " + expected.getClass().getSimpleName());
    }
    producer.close(Duration.ZERO);
    note("committed " + readAll("orders", "read_committed", 1));
  }

  /** Notes every committed value with its partition. */
  private void read() {
    List<String> first = readAll("orders", "read_committed", 1);
    List<String> both = readAll("orders", "read_committed", 2);
    first.forEach(value -> note("in-0 " + value));
    both.subList(first.size(), both.size()).forEach(value -> note("in-1 " + value));
  }
}
