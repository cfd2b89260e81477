package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

class FormatTest {

  @Test
  void anOffsetCommitHasTheBytesThatKafkaWrites() {
    StateRecord record =
        new StateRecord.Offset(
            "g", new PartitionId("t", 3), new CommittedOffset(5, 2, "m", 9, -1, Uuid.ZERO_UUID));
    assertEquals("000100016700017400000003", HexFormat.of().formatHex(RecordFormat.key(record)));
    assertEquals(
        "0004" + "0000000000000005" + "00000002" + "026d" + "0000000000000009" + "00",
        HexFormat.of().formatHex(RecordFormat.value(record)));
  }

  @Property
  void offsetsComeBack(
      @ForAll long offset,
      @ForAll int epoch,
      @ForAll @StringLength(max = 200) String metadata,
      @ForAll long high,
      @ForAll long low) {
    StateRecord record =
        new StateRecord.Offset(
            "group",
            new PartitionId("topic", 1),
            new CommittedOffset(offset, epoch, wellFormed(metadata), 12, -1, new Uuid(high, low)));
    assertEquals(record, reread(record));
  }

  /** A lone surrogate has no UTF-8 form. */
  private static String wellFormed(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void groupsComeBack() {
    GroupMetadata.MemberMetadata member =
        new GroupMetadata.MemberMetadata(
            "m", null, "c", "/h", 30, 10, new byte[] {1, 2}, new byte[] {3});
    StateRecord.Group record =
        new StateRecord.Group(
            "g", new GroupMetadata("consumer", 4, "range", "m", 77, List.of(member)));
    GroupMetadata back = ((StateRecord.Group) reread(record)).value();
    assertEquals(4, back.generation());
    assertNull(back.members().get(0).instanceId());
    assertArrayEquals(new byte[] {1, 2}, back.members().get(0).subscription());
    assertArrayEquals(new byte[] {3}, back.members().get(0).assignment());
  }

  @Test
  void kafkasOwnReaderAcceptsTheBatches() {
    StateRecord tombstone = new StateRecord.Group("g", null);
    ByteBuffer bytes = StateBatch.of(List.of(tombstone, tombstone), 1_000);
    List<Record> records = new ArrayList<>();
    for (RecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
      batch.ensureValid();
      batch.forEach(records::add);
    }
    assertEquals(2, records.size());
    assertEquals(1, records.get(1).offset());
    assertTrue(records.get(0).hasKey());
    assertTrue(!records.get(0).hasValue());
  }

  private static StateRecord reread(StateRecord record) {
    List<StateRecord> read = new ArrayList<>();
    StateBatch.read(
        StateBatch.of(List.of(record), 1_000), (producer, each) -> read.add(each), (id, end) -> {});
    assertEquals(1, read.size());
    return read.get(0);
  }
}
