package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.KEY_SPLIT;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Cause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of one key are in one partition, as the default partitioner promises for a topic whose
 * partitions stay as many (KIP-480 leaves keyed records as they were: murmur2 of the key).
 */
final class KeyChecker extends FamilyChecker {

  KeyChecker() {
    super("keys");
  }

  private record Key(String topic, String key) {}

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    // Looked up, never iterated.
    Map<Key, SendFact> first = new HashMap<>();
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      if (!send.acknowledged() || send.key() == null || send.partitionGiven()) {
        continue;
      }
      PartitionId at = evidence.log(send.partition()).id();
      SendFact before = first.putIfAbsent(new Key(at.topic(), send.key()), send);
      if (before == null) {
        report.count("keys-placed");
      } else if (before.partition() != send.partition()) {
        split(evidence, report, before, send);
      }
    }
  }

  private static void split(Evidence evidence, Report report, SendFact one, SendFact other) {
    report.add(
        KEY_SPLIT,
        evidence.log(other.partition()).id(),
        List.of(one.invoked(), one.completed(), other.invoked(), other.completed()),
        List.of(one.value(), other.value()),
        List.of(one.offset(), other.offset()),
        Cause.UNEXPLAINED,
        "Key "
            + one.key()
            + " went to "
            + Sentences.at(evidence.log(one.partition()), one.offset())
            + " and to "
            + Sentences.at(evidence.log(other.partition()), other.offset())
            + ".");
  }
}
