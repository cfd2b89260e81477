package dev.trial.workloads.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.payload.Payload;
import dev.trial.core.payload.PayloadReader;
import dev.trial.core.run.Parameters;
import dev.trial.workloads.program.RecordedProducer.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SenderTest {
  private static final Order ORDER = new Order(42, "orders", 0, "k", 64);
  private final Recording context = new Recording();

  @Test
  void eachSendIsWrittenDownWithItsPlace() {
    MockProducer<String, byte[]> kafka = kafka(true);
    context.parameters = Parameters.of("number", 3, "limit", 10, "keys", 2);
    Sender.drive(context, new RecordedProducer(context, kafka));
    List<Operation> sends = context.completions(Send.class);
    assertEquals(10, sends.size());
    for (int i = 0; i < 10; i++) {
      assertEquals(Stage.OK, sends.get(i).stage());
      Send send = (Send) sends.get(i).action();
      assertEquals(3_000_000_000L + i, send.value());
      assertEquals("c3k" + i % 2, send.key());
      assertEquals(i, send.offset());
      assertEquals(context.operations.get((int) sends.get(i).invocation()).stage(), Stage.INVOKE);
    }
    assertEquals(Stage.OK, context.completions(Producing.class).get(0).stage());
    assertEquals(Stage.OK, context.completions(Close.class).get(0).stage());
    assertTrue(context.of(Oracle.class).isEmpty());
  }

  @Test
  void aBurstHasFromTheFewestToTheMostRecords() {
    MockProducer<String, byte[]> kafka = kafka(true);
    context.parameters = Parameters.of("limit", 200, "burst", 2, "burst-max", 4, "interval-ms", 10);
    Sender.drive(context, new RecordedProducer(context, kafka));
    Map<Long, Long> bursts =
        context.completions(Send.class).stream()
            .collect(Collectors.groupingBy(Operation::timeNs, TreeMap::new, Collectors.counting()));
    assertEquals(Set.of(2L, 3L, 4L), Set.copyOf(bursts.values()), bursts.toString());
  }

  @Test
  void recordsSayWhatTheyAre() {
    MockProducer<String, byte[]> kafka = kafka(true);
    new RecordedProducer(context, kafka).send(ORDER, order -> {});
    ProducerRecord<String, byte[]> record = kafka.history().get(0);
    byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
    byte[] header = record.headers().lastHeader(Payload.HEADER).value();
    PartitionId at = new PartitionId("orders", 0);
    assertEquals(42, PayloadReader.valueOf(key, record.value()));
    assertEquals(
        null, PayloadReader.read(at, 0, key, record.value(), header, record.timestamp()).defect());
  }

  @Test
  void anAnsweredErrorIsUnknown() {
    MockProducer<String, byte[]> kafka = kafka(false);
    List<Order> unknown = new ArrayList<>();
    RecordedProducer producer = new RecordedProducer(context, kafka);
    producer.send(ORDER, unknown::add);
    assertEquals(1, producer.outstanding());
    kafka.errorNext(new TimeoutException("expired"));
    assertEquals(Stage.INFO, onlySend().stage());
    assertEquals("TimeoutException: expired", ((Send) onlySend().action()).error());
    assertEquals(ORDER.partition(), ((Send) onlySend().action()).partition());
    assertEquals(List.of(ORDER), unknown);
    assertEquals(0, producer.outstanding());
  }

  @Test
  void whatSendRejectsIsCertain() {
    MockProducer<String, byte[]> kafka = kafka(false);
    kafka.sendException = new SerializationException("no");
    new RecordedProducer(context, kafka).send(ORDER, order -> {});
    assertEquals(Stage.FAIL, onlySend().stage());
  }

  @Test
  void anErrorStateThrownBySendIsUnknown() {
    MockProducer<String, byte[]> kafka = kafka(false);
    kafka.sendException = new KafkaException("in an error state");
    new RecordedProducer(context, kafka).send(ORDER, order -> {});
    assertEquals(Stage.INFO, onlySend().stage());
  }

  @Test
  void aMissingCallbackLeavesTheSendOpen() {
    RecordedProducer producer = new RecordedProducer(context, kafka(false));
    producer.send(ORDER, order -> {});
    producer.close(1_000);
    assertEquals(1, producer.outstanding());
    assertTrue(context.completions(Send.class).isEmpty());
  }

  @Test
  void aRestartedApplicationRepeatsItsLatestValues() {
    context.parameters = Parameters.of("interval-ms", 10, "window", 5);
    context.sleep(1_000);
    context.stopsAtMs = 1_100;
    ResendingSender.drive(context, new RecordedProducer(context, kafka(true)));
    List<Long> first = values();
    context.operations.clear();
    context.incarnation = 1;
    context.stopsAtMs = 1_200;
    ResendingSender.drive(context, new RecordedProducer(context, kafka(true)));
    List<Long> second = values();
    assertEquals(100, first.get(0));
    assertTrue(first.containsAll(second.subList(0, 5)), first + " then " + second);
  }

  @Test
  void freshIncarnationsUseFreshValues() {
    context.parameters = Parameters.of("limit", 3);
    Sender.drive(context, new RecordedProducer(context, kafka(true)));
    List<Long> first = values();
    context.incarnation = 1;
    context.operations.clear();
    Sender.drive(context, new RecordedProducer(context, kafka(true)));
    assertTrue(values().stream().noneMatch(first::contains));
  }

  private List<Long> values() {
    return context.completions(Send.class).stream()
        .map(operation -> ((Send) operation.action()).value())
        .toList();
  }

  private Operation onlySend() {
    List<Operation> sends = context.completions(Send.class);
    assertEquals(1, sends.size());
    return sends.get(0);
  }

  private static MockProducer<String, byte[]> kafka(boolean autoComplete) {
    return new MockProducer<>(autoComplete, new StringSerializer(), new ByteArraySerializer());
  }
}
