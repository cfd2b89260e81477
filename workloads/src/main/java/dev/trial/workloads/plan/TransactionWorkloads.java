package dev.trial.workloads.plan;

import static dev.trial.workloads.plan.Draft.TOPIC;

import dev.trial.core.run.Workload;
import java.util.List;
import java.util.Map;

/** Workloads about transactions: each writes to several partitions, some are aborted. */
final class TransactionWorkloads {

  private TransactionWorkloads() {}

  static List<Workload> all() {
    return List.of(
        new NamedWorkload(
            "transactions",
            "transactional producers that commit most and abort some, and readers without a group",
            TransactionWorkloads::transactions),
        new NamedWorkload(
            "transactions-shared-id",
            "producers that take one transactional.id from each other in mid-transaction",
            TransactionWorkloads::sharedId),
        new NamedWorkload(
            "consume-transform-produce",
            "a group that writes an output for each input, with its offsets in the transaction",
            draft -> transform(draft, true)),
        new NamedWorkload(
            "consume-transform-produce-plain",
            "the same group without transactions: outputs are flushed, then offsets committed",
            draft -> transform(draft, false)));
  }

  private static void transactions(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    for (int i = 1; i <= draft.count("producers", 2); i++) {
      draft.transactional("tx-" + i, "interval-ms", 40, "hold-ms", 60);
    }
    draft.standalone(draft.count("readers", 2));
  }

  private static void transform(Draft draft, boolean transactional) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3)).topic("out", 3);
    draft.producers(draft.count("producers", 2), Programs.SENDER, "interval-ms", 40);
    draft
        .judged("billing")
        .transformers(
            "billing", draft.count("consumers", 2), "transactional", transactional, "hold-ms", 150);
  }

  private static void sharedId(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    for (int i = 1; i <= draft.count("producers", 2); i++) {
      draft.transactional("tx", "interval-ms", 40, "hold-ms", 400, "reopen-ms", 1_500);
    }
    draft.producerSettings(Map.of("transaction.timeout.ms", "5000"));
    draft.standalone(draft.count("readers", 1));
  }
}
