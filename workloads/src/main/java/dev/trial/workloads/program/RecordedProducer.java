package dev.trial.workloads.program;

import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.history.Stamp;
import dev.trial.core.payload.Payload;
import dev.trial.core.run.ClientContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer that writes down every send, flush and close, and how each ended. */
final class RecordedProducer {
  private static final long FLUSH_POLL_MS = 20;

  private final ClientContext context;
  private final Recorder recorder;
  private final Producer<String, byte[]> producer;
  private final String transactionalId;
  private final boolean oneAttempt;
  private final boolean stampsTold;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final ArrayDeque<Future<RecordMetadata>> futures = new ArrayDeque<>();

  RecordedProducer(ClientContext context, Producer<String, byte[]> producer) {
    this(context, producer, context.settings().get("transactional.id"));
  }

  private RecordedProducer(
      ClientContext context, Producer<String, byte[]> producer, String transactionalId) {
    this.context = context;
    this.transactionalId = transactionalId;
    this.recorder = context.recorder();
    this.producer = producer;
    this.stampsTold = context.parameters().flag("stamps", false);
    this.oneAttempt = "0".equals(context.settings().get("retries"));
  }

  /** Opens a real producer with the process's settings. */
  static RecordedProducer open(ClientContext context) {
    return open(context, context.settings());
  }

  /** Opens a real producer with other settings than the process's. */
  static RecordedProducer open(ClientContext context, Map<String, String> own) {
    Map<String, Object> settings = new TreeMap<>(own);
    return new RecordedProducer(
        context,
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
        own.get("transactional.id"));
  }

  /** Its transactions. */
  RecordedTransactions transactions() {
    return new RecordedTransactions(context, producer, transactionalId);
  }

  /**
   * One record to send; partition −1 leaves the choice to the partitioner. A tombstone has no
   * value.
   */
  record Order(
      long value, String topic, int partition, String key, int sizeBytes, boolean tombstone) {

    Order(long value, String topic, int partition, String key, int sizeBytes) {
      this(value, topic, partition, key, sizeBytes, false);
    }

    Send action(int landedOn, long offset, String error) {
      return new Send(value, key, topic, landedOn, offset, error, tombstone);
    }
  }

  /** Sends; {@code unknown} is told of an order whose outcome is an error. */
  void send(Order order, Consumer<Order> unknown) {
    ProducerRecord<String, byte[]> record = record(order);
    long invocation = recorder.invoke(context.process(), order.action(order.partition(), -1, null));
    Completion completion = new Completion(order, invocation, unknown);
    outstanding.incrementAndGet();
    try {
      remember(producer.send(record, completion::onCompletion));
    } catch (RuntimeException error) {
      completion.thrown(error);
    } finally {
      completion.returned();
    }
  }

  /** Sends whose callback has not come. */
  int outstanding() {
    return outstanding.get();
  }

  /** flush(), given up (outcome unknown) after {@code timeoutMs}: the call itself has no bound. */
  void flush(long timeoutMs) {
    long invocation = recorder.invoke(context.process(), flushed(null));
    Flush flush = new Flush();
    context.spawn("flush", flush);
    long deadlineMs = context.clock().millis() + timeoutMs;
    while (!flush.done && context.clock().millis() < deadlineMs) {
      context.sleep(FLUSH_POLL_MS);
    }
    String error = flush.done ? flush.error : "no return within " + timeoutMs + " ms";
    Stage stage = error == null ? Stage.OK : Stage.INFO;
    recorder.complete(context.process(), invocation, stage, flushed(error));
  }

  /**
   * close(), after which every callback must have come and every Future must be done. A send that
   * stays without completion in the history is the proof of a missing callback.
   */
  void close(long timeoutMs) {
    long invocation = recorder.invoke(context.process(), new Close(null));
    String error = closeQuietly(timeoutMs);
    recorder.complete(
        context.process(), invocation, error == null ? Stage.OK : Stage.INFO, new Close(error));
    long undone = futures.stream().filter(future -> !future.isDone()).count();
    if (undone > outstanding.get()) {
      recorder.fact(
          context.process(),
          new Oracle("future-not-done", context.client(), undone + " after close returned"));
    }
  }

  private String closeQuietly(long timeoutMs) {
    try {
      producer.close(Duration.ofMillis(timeoutMs));
      return null;
    } catch (RuntimeException error) {
      return Errors.text(error);
    }
  }

  private ProducerRecord<String, byte[]> record(Order order) {
    long timestampMs = context.clock().epochMs();
    Payload payload =
        new Payload(order.value(), order.topic(), order.partition(), order.key(), timestampMs);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            order.topic(),
            order.partition() < 0 ? null : order.partition(),
            timestampMs,
            order.key(),
            order.tombstone() ? null : payload.encode(order.sizeBytes()));
    record.headers().add(Payload.HEADER, payload.header());
    return record;
  }

  private void remember(Future<RecordMetadata> future) {
    while (!futures.isEmpty() && futures.peekFirst().isDone()) {
      futures.removeFirst();
    }
    futures.addLast(future);
  }

  private static Producing flushed(String error) {
    return new Producing(Call.FLUSH, null, error);
  }

  /** flush() on a thread of its own. */
  private final class Flush implements Runnable {
    private volatile boolean done;
    private volatile String error;

    @Override
    public void run() {
      try {
        producer.flush();
      } catch (RuntimeException failure) {
        error = Errors.text(failure);
      }
      done = true;
    }
  }

  /** Writes down how one send ended; a callback that comes twice is written down twice. */
  private final class Completion {
    private final Order order;
    private final long invocation;
    private final Consumer<Order> unknown;
    private final Thread caller = Thread.currentThread();
    private volatile boolean inside = true;
    private volatile boolean thrown;

    Completion(Order order, long invocation, Consumer<Order> unknown) {
      this.order = order;
      this.invocation = invocation;
      this.unknown = unknown;
    }

    void returned() {
      inside = false;
    }

    void thrown(RuntimeException error) {
      thrown = true;
      failed(SendOutcome.local(error), error);
    }

    /** Told inside send(): where the record may be enqueued all the same, a callback follows. */
    private void told(Exception error) {
      Stage stage = SendOutcome.local(error);
      thrown = stage == Stage.INFO;
      failed(stage, error);
    }

    void onCompletion(RecordMetadata metadata, Exception error) {
      if (thrown) {
        return; // send() threw after it had enqueued the record: already told as unknown
      }
      if (error == null) {
        stored(metadata);
      } else if (inside && Thread.currentThread() == caller) {
        told(error);
      } else {
        failed(SendOutcome.answered(error, oneAttempt), error, chosen(metadata));
      }
    }

    private void stored(RecordMetadata metadata) {
      long offset = metadata.hasOffset() ? metadata.offset() : -1;
      complete(Stage.OK, order.action(metadata.partition(), offset, null));
      if (stampsTold && metadata.hasOffset() && metadata.hasTimestamp()) {
        PartitionId partition = new PartitionId(metadata.topic(), metadata.partition());
        List<Stamp> stamp = List.of(new Stamp(offset, metadata.timestamp()));
        recorder.fact(
            context.process(), new Stamps(partition, Stamps.Source.ACKNOWLEDGED, false, stamp));
      }
    }

    /** Clients name the partition of a failed record too, those before 3.0 do not. */
    private int chosen(RecordMetadata metadata) {
      return metadata == null ? order.partition() : metadata.partition();
    }

    private void failed(Stage stage, Throwable error) {
      failed(stage, error, order.partition());
    }

    private void failed(Stage stage, Throwable error, int partition) {
      complete(stage, order.action(partition, -1, Errors.text(error)));
      unknown.accept(order);
    }

    private void complete(Stage stage, Send action) {
      outstanding.decrementAndGet();
      recorder.complete(context.process(), invocation, stage, action);
    }
  }
}
