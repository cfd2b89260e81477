package dev.trial.workloads.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.payload.Payload;
import dev.trial.core.run.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class GroupConsumerTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final PartitionId ID = new PartitionId("orders", 0);
  private final Recording context = new Recording();
  private final MockConsumer<byte[], byte[]> kafka =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST);

  @Test
  void aBatchIsCommittedOnceAsTheNextOffset() {
    assertEquals(List.of(3L), commits("sync-batch", 3));
    assertEquals(List.of(0, 1, 2), processedOffsets());
  }

  @Test
  void eachRecordIsCommittedAsTheNextOffset() {
    assertEquals(List.of(1L, 2L, 3L), commits("sync-record", 3));
  }

  @Test
  void offByOneCommitsTheLastRecordItself() {
    assertEquals(List.of(2L), commits("off-by-one", 3));
  }

  @Test
  void commitFirstCommitsBeforeTheFirstRecordIsWorkedOn() {
    assertEquals(List.of(3L), commits("before-processing", 3));
    Operation commit = context.completions(Commit.class).get(0);
    assertTrue(commit.index() < context.of(Process.class).get(0).index());
  }

  @Test
  void anUncommittedIntervalIsCommittedAtTheEndUnlessTheApplicationForgets() {
    assertEquals(List.of(3L), commits("sync-interval", 3));
  }

  @Test
  void anApplicationMayForgetItsLastCommit() {
    context.parameters = Parameters.of("commit", "sync-interval", "final-commit", false);
    runOnce(3);
    assertTrue(context.of(Commit.class).isEmpty());
  }

  @Test
  void asynchronousCommitsEndWithASynchronousOne() {
    assertEquals(List.of(3L, 3L), commits("async", 3));
    List<Operation> commits = context.completions(Commit.class);
    assertEquals(Commit.Mode.ASYNC, ((Commit) commits.get(0).action()).mode());
    assertEquals(Commit.Mode.SYNC, ((Commit) commits.get(1).action()).mode());
  }

  @Test
  void anUnknownStrategyIsRefusedWithTheOnesThereAre() {
    context.parameters = Parameters.of("commit", "sometimes");
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> runOnce(1));
    assertTrue(error.getMessage().contains("sync-batch"), error.getMessage());
  }

  @Test
  void aRecordFromAnotherTopicIsADefect() {
    kafka.schedulePollTask(() -> own(1));
    kafka.schedulePollTask(() -> kafka.addRecord(record(1, new Payload(9, "refunds", 0, "k", 1))));
    kafka.schedulePollTask(() -> context.closes = true);
    GroupConsumer.run(context, this::open);
    assertTrue(
        context.completions(Poll.class).stream()
            .flatMap(poll -> ((Poll) poll.action()).records().stream())
            .anyMatch(found -> "topic: sent to refunds, read from orders".equals(found.defect())));
  }

  @Test
  void theFinalReadGoesToTheEndAndNotFurther() {
    kafka.updatePartitions(
        "orders", List.of(new PartitionInfo("orders", 0, Node.noNode(), null, null)));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.updateEndOffsets(Map.of(PARTITION, 2L));
    kafka.schedulePollTask(() -> kafka.addRecord(record(0)));
    kafka.schedulePollTask(() -> kafka.addRecord(record(1)));
    context.parameters = Parameters.of("topics", "orders");
    FinalReader.readAll(context, open());
    Operation ends = context.completions(Ends.class).get(0);
    assertEquals(new Ends(Map.of(ID, 0L), Map.of(ID, 2L), null), ends.action());
    assertEquals(2, context.completions(Poll.class).size());
  }

  @Test
  void aFinalReadThatStopsShortFails() {
    kafka.updatePartitions(
        "orders", List.of(new PartitionInfo("orders", 0, Node.noNode(), null, null)));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.updateEndOffsets(Map.of(PARTITION, 2L));
    for (int i = 0; i < 60; i++) {
      kafka.schedulePollTask(() -> context.sleep(500));
    }
    context.parameters = Parameters.of("topics", "orders");
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> FinalReader.readAll(context, open()));
    assertTrue(error.getMessage().contains("orders-0"), error.getMessage());
  }

  @Test
  void aMemberClosesAndOpensAgainAsOftenAsAsked() {
    context.parameters =
        Parameters.of("commit", "sync-batch", "reopen-after", 2, "reopens", 1, "max-polls", 3);
    List<MockConsumer<byte[], byte[]>> opened = new ArrayList<>();
    GroupConsumer.run(
        context,
        () -> {
          MockConsumer<byte[], byte[]> member = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
          member.schedulePollTask(() -> own(member, 2));
          opened.add(member);
          return new RecordedConsumer(context, member, "billing");
        });
    assertEquals(2, opened.size());
    assertTrue(opened.stream().allMatch(MockConsumer::closed));
    assertEquals(2, context.completions(Close.class).size());
    assertEquals(4, context.completions(Poll.class).size());
  }

  @Test
  void anEndlessErrorEndsTheProcess() {
    for (int i = 0; i < 30; i++) {
      kafka.schedulePollTask(() -> kafka.setPollException(new KafkaException("broken")));
    }
    assertThrows(KafkaException.class, () -> GroupConsumer.run(context, this::open));
    assertTrue(
        context.completions(Poll.class).stream()
            .filter(poll -> poll.stage() == Stage.INFO)
            .allMatch(poll -> "KafkaException: broken".equals(((Poll) poll.action()).error())));
  }

  @Test
  void autoCommitsReachTheSink() {
    CommitInterceptor interceptor = new CommitInterceptor();
    Map<PartitionId, Long> heard = new java.util.TreeMap<>();
    java.util.function.Consumer<Map<PartitionId, Long>> sink = heard::putAll;
    interceptor.configure(Map.of(CommitInterceptor.SINK, sink));
    interceptor.onCommit(
        Map.of(PARTITION, new org.apache.kafka.clients.consumer.OffsetAndMetadata(5)));
    assertEquals(Map.of(ID, 5L), heard);
  }

  private List<Long> commits(String strategy, int records) {
    context.parameters = Parameters.of("commit", strategy);
    runOnce(records);
    assertEquals(Stage.OK, context.completions(Close.class).get(0).stage());
    return context.completions(Commit.class).stream()
        .map(operation -> ((Commit) operation.action()).offsets().get(ID))
        .toList();
  }

  private List<Integer> processedOffsets() {
    return context.of(Process.class).stream()
        .map(operation -> (int) ((Process) operation.action()).offset())
        .toList();
  }

  private void runOnce(int records) {
    kafka.schedulePollTask(() -> own(records));
    kafka.schedulePollTask(() -> context.closes = true);
    GroupConsumer.run(context, this::open);
  }

  private RecordedConsumer open() {
    return new RecordedConsumer(context, kafka, "billing");
  }

  private void own(int records) {
    own(kafka, records);
  }

  private static void own(MockConsumer<byte[], byte[]> member, int records) {
    member.rebalance(List.of(PARTITION));
    member.updateBeginningOffsets(Map.of(PARTITION, 0L));
    for (int i = 0; i < records; i++) {
      member.addRecord(record(i));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return record(offset, new Payload(100 + offset, "orders", -1, "k", 1_000));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, Payload payload) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Payload.HEADER, payload.header());
    return new ConsumerRecord<>(
        "orders",
        0,
        offset,
        payload.timestampMs(),
        TimestampType.CREATE_TIME,
        0L,
        1,
        64,
        "k".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        payload.encode(64),
        headers);
  }
}
