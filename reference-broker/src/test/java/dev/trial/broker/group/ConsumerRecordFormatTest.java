package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trial.broker.group.consumer.ClassicTerms;
import dev.trial.broker.group.consumer.ConsumerGroupRecord;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.AssignmentEpoch;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.GroupEpoch;
import dev.trial.broker.group.consumer.CurrentAssignment;
import dev.trial.broker.group.consumer.GroupProtocol;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.MemberState;
import dev.trial.broker.group.consumer.Subscription;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Bytes by the schemas of Kafka's ConsumerGroup*Key.json and *Value.json. */
class ConsumerRecordFormatTest {
  private static final Uuid TOPIC = new Uuid(1, 2);
  private static final String TOPIC_HEX = "00000000000000010000000000000002";

  private static StateRecord record(ConsumerGroupRecord fact) {
    return new StateRecord.Consumer("g", fact);
  }

  private static void looksLike(String key, String value, ConsumerGroupRecord fact) {
    StateRecord record = record(fact);
    assertEquals(key, HexFormat.of().formatHex(RecordFormat.key(record)));
    assertEquals(value, HexFormat.of().formatHex(RecordFormat.value(record)));
    assertEquals(record, reread(record));
  }

  private static StateRecord reread(StateRecord record) {
    byte[] value = RecordFormat.value(record);
    return RecordFormat.read(
        ByteBuffer.wrap(RecordFormat.key(record)), value == null ? null : ByteBuffer.wrap(value));
  }

  @Test
  void epochsHaveTheirTaggedFields() {
    looksLike(
        "0003000167",
        "0000" + "00000007" + "00",
        new ConsumerGroupRecord.Epoch(new GroupEpoch(7, 0)));
    looksLike(
        "0003000167",
        "0000" + "00000007" + "01" + "00" + "08" + "0000000000000005",
        new ConsumerGroupRecord.Epoch(new GroupEpoch(7, 5)));
    looksLike(
        "0006000167",
        "0000" + "00000007" + "01" + "00" + "08" + "0000000000000009",
        new ConsumerGroupRecord.TargetEpoch(new AssignmentEpoch(7, 9)));
  }

  @Test
  void aMemberSaysWhatItIs() {
    looksLike(
        "0005000167" + "00016d",
        "0000"
            + "00"
            + "00"
            + "0263"
            + "022f"
            + "02"
            + "0274"
            + "01"
            + "0000000a"
            + "0272"
            + "01"
            + "00"
            + "01"
            + "00",
        new ConsumerGroupRecord.Member(
            "m", new Subscription(null, null, "c", "/", new TreeSet<>(List.of("t")), "", 10, "r")));
  }

  @Test
  void aClassicMemberSaysMore() {
    GroupProtocol range = new GroupProtocol("r", new byte[] {1, 2});
    looksLike(
        "0005000167" + "00016d",
        "0000"
            + "00"
            + "00"
            + "0263"
            + "022f"
            + "02"
            + "0274"
            + "01"
            + "0000000a"
            + "00"
            + "01"
            + "00"
            + "0d"
            + "01"
            + "00001770"
            + "02"
            + "0272"
            + "030102"
            + "00"
            + "00",
        new ConsumerGroupRecord.Member(
            "m",
            new Subscription(
                null,
                null,
                "c",
                "/",
                new TreeSet<>(List.of("t")),
                "",
                10,
                null,
                new ClassicTerms(6_000, List.of(range)))));
  }

  @Test
  void assignmentsAreByTopic() {
    looksLike(
        "0007000167" + "00016d",
        "0000" + "02" + TOPIC_HEX + "03" + "00000000" + "00000003" + "00" + "00",
        new ConsumerGroupRecord.Target(
            "m", new TreeSet<>(List.of(new IdPartition(TOPIC, 0), new IdPartition(TOPIC, 3)))));
    looksLike(
        "0008000167" + "00016d",
        "0000"
            + "00000004"
            + "00000003"
            + "01"
            + "02"
            + TOPIC_HEX
            + "02"
            + "00000001"
            + "01"
            + "00"
            + "05"
            + "02"
            + "00000002"
            + "01"
            + "00",
        new ConsumerGroupRecord.Current(
            "m",
            new CurrentAssignment(
                4,
                3,
                MemberState.UNREVOKED_PARTITIONS,
                new TreeMap<>(Map.of(new IdPartition(TOPIC, 1), 2)),
                new TreeMap<>())));
  }

  @Test
  void tombstonesComeBack() {
    for (ConsumerGroupRecord fact :
        List.of(
            new ConsumerGroupRecord.Epoch(null),
            new ConsumerGroupRecord.TargetEpoch(null),
            new ConsumerGroupRecord.Member("m", null),
            new ConsumerGroupRecord.Target("m", null),
            new ConsumerGroupRecord.Current("m", null))) {
      assertEquals(record(fact), reread(record(fact)));
    }
  }

  @Test
  void whatOlderBrokersWroteIsPassedOver() {
    ByteBuffer partitionMetadata = ByteBuffer.wrap(HexFormat.of().parseHex("0004000167"));
    assertNull(RecordFormat.read(partitionMetadata, null));
    byte[] withoutEpochs =
        HexFormat.of()
            .parseHex(
                "0000"
                    + "00000004"
                    + "00000003"
                    + "00"
                    + "02"
                    + TOPIC_HEX
                    + "02"
                    + "00000001"
                    + "00"
                    + "01"
                    + "00");
    StateRecord.Consumer read =
        (StateRecord.Consumer)
            RecordFormat.read(
                ByteBuffer.wrap(HexFormat.of().parseHex("000800016700016d")),
                ByteBuffer.wrap(withoutEpochs));
    CurrentAssignment current = ((ConsumerGroupRecord.Current) read.fact()).value();
    assertEquals(Map.of(new IdPartition(TOPIC, 1), 4), current.assigned());
  }
}
