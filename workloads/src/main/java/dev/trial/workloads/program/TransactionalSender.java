package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.RandomStream;
import dev.trial.workloads.program.RecordedProducer.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One transaction after the other until told to stop. A commit that times out is tried again, as
 * its documentation asks; any other error costs the producer, and a new one takes its place.
 *
 * <p>Parameters beside those of {@link OrderBook}: {@code interval-ms} (40) between transactions,
 * {@code size} records in each (4), {@code limit} records in all (0: none), {@code values} (as
 * {@link ChosenValues} says), {@code hold-ms} (0): the longest wait before its end, {@code
 * abort-percent} (25), {@code reopen-ms} (500): the wait before another producer, {@code close-ms}
 * (5000), {@code unique-ids} (0): 1 for another transactional.id each time, {@code leave} (0): 1 to
 * take another producer after a transaction that failed. The setting transactional.id is the
 * client's name unless given.
 */
public final class TransactionalSender implements ClientProgram {
  private ClientContext context;
  private Parameters parameters;
  private RandomStream random;
  private OrderBook orders;
  private ChosenValues chosen;
  private long next;
  private int sessions;

  @Override
  public void run(ClientContext given) {
    context = given;
    parameters = given.parameters();
    random = given.random("transactions");
    orders = new OrderBook(given, true);
    chosen = new ChosenValues(parameters);
    while (!over()) {
      session();
      if (!over()) {
        context.sleep(parameters.number("reopen-ms", 500));
      }
    }
  }

  private void session() {
    sessions++;
    RecordedProducer producer = RecordedProducer.open(context, settings());
    RecordedTransactions transactions = producer.transactions();
    Pace pace = new Pace(context, 40);
    boolean usable = transactions.init() == null;
    while (usable && !over()) {
      usable = transaction(producer, transactions);
      pace.await();
    }
    producer.close(parameters.number("close-ms", 5_000));
  }

  private Map<String, String> settings() {
    Map<String, String> own = new TreeMap<>(context.settings());
    if (parameters.number("unique-ids", 0) != 0) {
      String unique = "-" + context.incarnation() + "-" + sessions;
      own.merge(ProducerConfig.TRANSACTIONAL_ID_CONFIG, unique, String::concat);
    }
    return own;
  }

  /** Once it was told to stop, or has sent as much as it may. */
  private boolean over() {
    long limit = parameters.number("limit", 0);
    return Sender.over(context) || limit > 0 && next >= limit;
  }

  /** False when the producer is of no more use. */
  private boolean transaction(RecordedProducer producer, RecordedTransactions transactions) {
    List<Order> records = records();
    if (records.isEmpty()) {
      return passedOver();
    }
    if (transactions.begin() != null) {
      return false;
    }
    boolean[] failed = new boolean[1];
    records.forEach(record -> producer.send(record, order -> failed[0] = true));
    hold();
    boolean abort = aborts();
    if (abort || failed[0]) {
      producer.flush(parameters.number("close-ms", 5_000));
      boolean aborted = transactions.abort() == null;
      return aborted && !(failed[0] && parameters.number("leave", 0) != 0);
    }
    return commit(transactions);
  }

  private List<Order> records() {
    List<Order> records = new ArrayList<>();
    for (long i = 0; i < parameters.number("size", 4); i++) {
      Order record = orders.at(next++);
      if (chosen.has(record.value())) {
        records.add(record);
      }
    }
    return records;
  }

  /** Draws what the transaction would have drawn: the ones behind it stay as they are. */
  private boolean passedOver() {
    hold();
    aborts();
    return true;
  }

  private void hold() {
    long holdMs = parameters.number("hold-ms", 0);
    if (holdMs > 0) {
      context.sleep(random.nextLong(holdMs));
    }
  }

  private boolean aborts() {
    return random.nextInt(100) < parameters.number("abort-percent", 25);
  }

  private boolean commit(RecordedTransactions transactions) {
    RuntimeException error = transactions.commit();
    while (error instanceof TimeoutException && !context.closing()) {
      error = transactions.commit();
    }
    return error == null;
  }
}
