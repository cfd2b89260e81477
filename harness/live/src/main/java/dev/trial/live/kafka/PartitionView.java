package dev.trial.live.kafka;

import java.util.List;

/**
 * A partition as the metadata log has it.
 *
 * @param eligible replicas out of sync that have all that is committed (KIP-966)
 * @param leader −1 for none
 */
record PartitionView(
    List<Integer> replicas,
    List<Integer> isr,
    List<Integer> eligible,
    int leader,
    int leaderEpoch) {

  boolean full() {
    return leader >= 0 && isr.size() == replicas.size();
  }
}
