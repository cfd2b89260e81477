package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;
import dev.trial.workloads.program.RecordedProducer.Order;
import java.util.List;

/**
 * Which record comes next, from a program's parameters: {@code topics}, {@code partitions} (0: the
 * partitioner decides), {@code keys} (0: no keys), {@code value-bytes}, {@code number} (the
 * client's number, which makes its values unique), {@code key-rounds} (0: keys are used for ever;
 * else each key is written so often, then others take their place, and every third key's last
 * record is a tombstone).
 */
final class OrderBook {
  private static final long VALUES_PER_CLIENT = 1_000_000_000L;
  private static final long VALUES_PER_INCARNATION = 1_000_000L;

  private final List<String> topics;
  private final int partitions;
  private final int keys;
  private final int sizeBytes;
  private final int keyRounds;
  private final String[] keyNames;
  private final long first;

  OrderBook(ClientContext context, boolean freshValues) {
    Parameters parameters = context.parameters();
    List<String> named = parameters.list("topics");
    this.topics = named.isEmpty() ? List.of("orders") : named;
    this.partitions = (int) parameters.number("partitions", 0);
    this.keys = (int) parameters.number("keys", 8);
    this.sizeBytes = (int) parameters.number("value-bytes", 64);
    this.keyRounds = (int) parameters.number("key-rounds", 0);
    this.keyNames = names(parameters.number("number", 0), keys);
    this.first =
        parameters.number("number", 0) * VALUES_PER_CLIENT
            + (freshValues ? context.incarnation() * VALUES_PER_INCARNATION : 0);
  }

  /** The n-th order of this client; the same n gives the same order. */
  Order at(long n) {
    String topic = topics.get((int) (n % topics.size()));
    long turn = n / topics.size();
    int partition = partitions == 0 ? -1 : (int) (turn % partitions);
    if (keys > 0 && keyRounds > 0) {
      return shortLived(n, topic, partition);
    }
    String key = keys == 0 ? null : keyNames[(int) (n % keys)];
    return new Order(first + n, topic, partition, key, sizeBytes);
  }

  private Order shortLived(long n, String topic, int partition) {
    int index = (int) (n % keys);
    long round = n / keys;
    boolean last = round % keyRounds == keyRounds - 1;
    String key = keyNames[index] + "g" + round / keyRounds;
    return new Order(first + n, topic, partition, key, sizeBytes, last && index % 3 == 2);
  }

  private static String[] names(long number, int keys) {
    String[] names = new String[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = "c" + number + "k" + i;
    }
    return names;
  }
}
