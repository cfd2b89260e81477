package dev.trial.live.kafka;

import java.util.List;

/**
 * A partition as the metadata log has it.
 *
 * @param leader −1 for none
 */
record PartitionView(List<Integer> replicas, List<Integer> isr, int leader, int leaderEpoch) {

  boolean full() {
    return leader >= 0 && isr.size() == replicas.size();
  }
}
