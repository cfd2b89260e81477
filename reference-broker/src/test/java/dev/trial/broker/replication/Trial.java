package dev.trial.broker.replication;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.Batches;
import dev.trial.broker.log.PartitionLog;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Logged;
import dev.trial.core.world.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * One idempotent producer (acks=all, one request in flight, retries without end) against a random
 * schedule of kills, restarts, cuts and clean leader changes; then healing, and a judgement.
 */
final class Trial {
  private static final int STEPS = 60;

  private final RandomStream random;
  private final TestCluster cluster;
  private final Map<Long, Long> acknowledged = new TreeMap<>();
  private int sequence;
  private long attempts;
  private boolean stopped;

  Trial(long seed, Defects defects) {
    this.random = new RandomStream(seed).fork("schedule");
    this.cluster =
        new TestCluster(
            new RandomStream(seed).fork("cluster"),
            defects,
            Map.of("min.insync.replicas", "2", "internal.segment.bytes", "1000"));
  }

  /** What was found wrong; empty for a correct broker. */
  Set<String> run() {
    cluster.run(500);
    attempt();
    for (int step = 0; step < STEPS; step++) {
      disturb();
      cluster.run(random.nextLong(300));
    }
    cluster.heal();
    cluster.run(20_000);
    stopped = true;
    cluster.run(5_000);
    judge();
    return cluster.violations;
  }

  /** How many values were acknowledged. */
  int acknowledgements() {
    return acknowledged.size();
  }

  private void disturb() {
    int broker = 1 + random.nextInt(3);
    switch (random.nextInt(10)) {
      case 0 -> cluster.kill(broker);
      case 1, 2 -> cluster.restart(broker);
      case 3 -> cluster.isolate(broker);
      case 4 -> cluster.heal();
      case 5, 6, 7 -> cluster.moveLeader();
      default -> {}
    }
  }

  private void attempt() {
    long number = ++attempts;
    int leader = cluster.controller.state().leader();
    if (!stopped) {
      cluster.loop.after(400, () -> retry(number));
    }
    if (leader > 0) {
      cluster.call(leader, request(), 0.1, response -> answered(number, response));
    }
  }

  private void retry(long number) {
    if (number == attempts && !stopped) {
      attempt();
    }
  }

  private ProduceRequestData request() {
    MemoryRecords records =
        MemoryRecords.readableRecords(
            Batches.idempotent(7, 0, sequence, sequence, 1, cluster.loop.epochMs()));
    ProduceRequestData request = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(300);
    request
        .topicData()
        .add(
            new ProduceRequestData.TopicProduceData()
                .setTopicId(TestController.TOPIC_ID)
                .setPartitionData(
                    List.of(
                        new ProduceRequestData.PartitionProduceData()
                            .setIndex(0)
                            .setRecords(records))));
    return request;
  }

  private void answered(long number, ApiMessage message) {
    if (number != attempts) {
      return;
    }
    ProduceResponseData.PartitionProduceResponse answer =
        ((ProduceResponseData) message).responses().iterator().next().partitionResponses().get(0);
    Errors error = Errors.forCode(answer.errorCode());
    if (error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER || error == Errors.INVALID_PRODUCER_EPOCH) {
      cluster.violations.add("sequence");
    }
    if (error != Errors.NONE) {
      return; // tried again by the timer
    }
    acknowledged.put((long) sequence, answer.baseOffset());
    if (holders(answer.baseOffset()) < 2) {
      cluster.violations.add("acknowledged-by-too-few");
    }
    sequence++;
    attempts++;
    cluster.loop.after(random.nextLong(80), this::attempt);
  }

  private int holders(long offset) {
    int holders = 0;
    for (int broker = 1; broker <= 3; broker++) {
      PartitionLog log = cluster.log(broker);
      holders += log.endOffset() > offset ? 1 : 0;
    }
    return holders;
  }

  private void judge() {
    ReplicaLog first = cluster.service(1).dump(TestCluster.PARTITION, Batches::value);
    for (int broker = 2; broker <= 3; broker++) {
      ReplicaLog other = cluster.service(broker).dump(TestCluster.PARTITION, Batches::value);
      if (!first.records().equals(other.records())
          || first.highWatermark() != first.logEnd()
          || other.highWatermark() != other.logEnd()) {
        cluster.violations.add("not-converged");
      }
    }
    Map<Long, Long> byOffset = new TreeMap<>();
    Set<Long> values = new HashSet<>();
    for (Logged record : first.records()) {
      byOffset.put(record.offset(), record.value());
      if (!values.add(record.value())) {
        cluster.violations.add("duplicate");
      }
    }
    acknowledged.forEach(
        (value, offset) -> {
          if (!value.equals(byOffset.get(offset))) {
            cluster.violations.add("lost");
          }
        });
  }
}
