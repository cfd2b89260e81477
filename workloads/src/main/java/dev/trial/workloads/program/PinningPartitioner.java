package dev.trial.workloads.program;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Keeps every key where it was when the topic was made: a key's hash is taken modulo the partitions
 * of that day, which is the setting {@link #PINNED}. Records without a key go round robin over all
 * partitions, so that new ones are of use.
 */
public final class PinningPartitioner implements Partitioner {

  /** Name of the setting: how many partitions there were before the increase. */
  public static final String PINNED = "partitioner.pinned.partitions";

  private int pinned;
  private int turn;

  @Override
  public void configure(Map<String, ?> settings) {
    Object given = settings.get(PINNED);
    if (given == null) {
      throw new IllegalArgumentException(PINNED + " is not set: how many partitions were there?");
    }
    pinned = Integer.parseInt(given.toString());
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] bytes, Cluster cluster) {
    int now = cluster.partitionCountForTopic(topic);
    if (keyBytes == null) {
      turn = (turn + 1) % now;
      return turn;
    }
    return Utils.toPositive(Utils.murmur2(keyBytes)) % Math.min(pinned, now);
  }

  @Override
  public void close() {}
}
