package dev.trial.workloads.program;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.RandomStream;
import dev.trial.workloads.program.RecordedProducer.Order;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Consume, transform, produce: each batch of inputs, its outputs and its offsets in one
 * transaction. An output's key names its input as topic/partition/offset. After any error, and
 * after an abort, both clients are closed and others take their place.
 *
 * <p>Parameters: {@code input} (orders), {@code output} (out), {@code number} (makes values
 * unique), {@code abort-percent} (10), {@code value-bytes} (64), {@code close-ms} (5000), {@code
 * transaction-timeout-ms} (8000), {@code transactional} (true; false sends, flushes and commits: at
 * least once), {@code flush-ms} (20000), {@code hold-ms} (0): the longest wait before the
 * transaction ends, or the offsets are committed. Its transactional.id is the client's name.
 */
public final class Transformer implements ClientProgram {
  private static final long POLL_MS = 200;
  private static final long REOPEN_MS = 200;
  private static final long VALUES_PER_CLIENT = 1_000_000_000L;
  private static final long VALUES_PER_INCARNATION = 1_000_000L;

  /** Settings of the process that a producer knows as well. */
  private static final List<String> SHARED =
      List.of(
          "auto.include.jmx.reporter",
          "bootstrap.servers",
          "client.id",
          "enable.metrics.push",
          "metadata.max.age.ms",
          "metric.reporters",
          "socket.connection.setup.timeout.ms");

  private ClientContext context;
  private Parameters parameters;
  private RandomStream random;
  private long next;

  @Override
  public void run(ClientContext given) {
    context = given;
    parameters = given.parameters();
    random = given.random("transformer");
    next =
        parameters.number("number", 0) * VALUES_PER_CLIENT
            + given.incarnation() * VALUES_PER_INCARNATION;
    while (!context.closing()) {
      session();
      context.sleep(REOPEN_MS);
    }
  }

  private void session() {
    RecordedProducer producer = RecordedProducer.open(context, producerSettings());
    Step step =
        parameters.flag("transactional", true)
            ? new InTransaction(producer)
            : new AtLeastOnce(producer);
    if (step.ready()) {
      RecordedConsumer consumer =
          RecordedConsumer.open(
              context, Map.of("enable.auto.commit", "false", "isolation.level", "read_committed"));
      consumer.subscribe(List.of(parameters.text("input", "orders")), new Unmoved());
      boolean usable = true;
      while (usable && !context.closing()) {
        usable = step(consumer, step);
      }
      consumer.close(parameters.number("close-ms", 5_000));
    }
    producer.close(parameters.number("close-ms", 5_000));
  }

  /** The profile's for a producer; of what both clients of a process know, the process's. */
  private Map<String, String> producerSettings() {
    Map<String, String> given = context.settings();
    Map<String, String> settings = new TreeMap<>();
    for (String name : given.keySet()) {
      if (name.startsWith(ClientPlan.OF_THE_PRODUCER)) {
        settings.put(name.substring(ClientPlan.OF_THE_PRODUCER.length()), given.get(name));
      }
    }
    for (String name : SHARED) {
      if (given.containsKey(name)) {
        settings.put(name, given.get(name));
      }
    }
    if (parameters.flag("transactional", true)) {
      settings.putAll(transactional());
    }
    return settings;
  }

  /** Transactions need an idempotent producer, which waits for all in sync (KIP-98). */
  private Map<String, String> transactional() {
    return Map.of(
        "transactional.id",
        context.client(),
        "transaction.timeout.ms",
        parameters.text("transaction-timeout-ms", "8000"),
        "acks",
        "all",
        "enable.idempotence",
        "true");
  }

  /** One batch; false when the clients are of no more use. */
  private boolean step(RecordedConsumer consumer, Step step) {
    List<Delivered> inputs;
    try {
      inputs = consumer.poll(POLL_MS);
    } catch (RuntimeException written) {
      return false;
    }
    return inputs.isEmpty() || step.transform(inputs, consumer);
  }

  /** What becomes of a batch of inputs. */
  private interface Step {

    boolean ready();

    boolean transform(List<Delivered> inputs, RecordedConsumer consumer);
  }

  /** Outputs and offsets in one transaction. */
  private final class InTransaction implements Step {
    private final RecordedProducer producer;
    private final RecordedTransactions transactions;

    InTransaction(RecordedProducer producer) {
      this.producer = producer;
      this.transactions = producer.transactions();
    }

    @Override
    public boolean ready() {
      return transactions.init() == null;
    }

    @Override
    public boolean transform(List<Delivered> inputs, RecordedConsumer consumer) {
      if (transactions.begin() != null) {
        return false;
      }
      boolean[] failed = new boolean[1];
      Map<PartitionId, Long> offsets = send(producer, inputs, failed);
      failed[0] |= transactions.sendOffsets(offsets, consumer) != null;
      hold();
      if (failed[0] || random.nextInt(100) < parameters.number("abort-percent", 10)) {
        transactions.abort();
        return false;
      }
      return commit(transactions);
    }
  }

  /** Outputs first, offsets when they are stored: a crash in between repeats the batch. */
  private final class AtLeastOnce implements Step {
    private final RecordedProducer producer;

    AtLeastOnce(RecordedProducer producer) {
      this.producer = producer;
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public boolean transform(List<Delivered> inputs, RecordedConsumer consumer) {
      boolean[] failed = new boolean[1];
      Map<PartitionId, Long> offsets = send(producer, inputs, failed);
      producer.flush(parameters.number("flush-ms", 20_000));
      hold();
      return !failed[0] && producer.outstanding() == 0 && consumer.commitSync(offsets) == null;
    }
  }

  private Map<PartitionId, Long> send(
      RecordedProducer producer, List<Delivered> inputs, boolean[] failed) {
    Map<PartitionId, Long> offsets = new TreeMap<>();
    for (Delivered input : inputs) {
      producer.send(output(input), order -> failed[0] = true);
      offsets.merge(input.partition(), input.offset() + 1, Math::max);
    }
    return offsets;
  }

  /** A transaction of an application takes its time; what goes wrong is to fall into it. */
  private void hold() {
    long holdMs = parameters.number("hold-ms", 0);
    if (holdMs > 0) {
      context.sleep(random.nextLong(holdMs));
    }
  }

  private Order output(Delivered input) {
    String key = input.partition() + "/" + input.offset();
    int size = (int) parameters.number("value-bytes", 64);
    return new Order(next++, parameters.text("output", "out"), -1, key, size);
  }

  private boolean commit(RecordedTransactions transactions) {
    RuntimeException error = transactions.commit();
    while (error instanceof TimeoutException && !context.closing()) {
      error = transactions.commit();
    }
    return error == null;
  }

  /** Nothing to do when partitions come and go: a transaction never outlives a poll. */
  private static final class Unmoved implements RecordedConsumer.Reaction {
    @Override
    public void assigned(List<PartitionId> partitions) {}

    @Override
    public void revoked(List<PartitionId> partitions) {}

    @Override
    public void lost(List<PartitionId> partitions) {}
  }
}
