package dev.trial.live.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.ControlRecordUtils;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Reads the metadata log from the controllers' disks, which works whatever is done to the nodes and
 * tells every change once, where a client that asks now and then would miss some. What a majority
 * has on disk is committed (KIP-595).
 */
final class MetadataLogTail {
  private static final String SEGMENT = "__cluster_metadata-0/00000000000000000000.log";

  private final List<Path> disks;
  private final Consumer<Record> records;
  private final IntConsumer leaders;
  private long next;

  /**
   * @param disks of the controllers
   * @param records gets each committed record once, in order
   * @param leaders gets each elected controller
   */
  MetadataLogTail(List<Path> disks, Consumer<Record> records, IntConsumer leaders) {
    this.disks = disks;
    this.records = records;
    this.leaders = leaders;
  }

  /** Reads what is new. */
  void read() {
    List<List<RecordBatch>> logs = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (Path disk : disks) {
      List<RecordBatch> batches = SegmentFile.batches(disk.resolve(SEGMENT));
      logs.add(batches);
      ends.add(batches.isEmpty() ? 0L : batches.get(batches.size() - 1).nextOffset());
    }
    List<Long> sorted = new ArrayList<>(ends);
    Collections.sort(sorted);
    long committed = sorted.get((sorted.size() - 1) / 2);
    if (committed > next) {
      tell(logs.get(ends.indexOf(committed)), committed);
    }
  }

  private void tell(List<RecordBatch> batches, long committed) {
    for (RecordBatch batch : batches) {
      if (batch.baseOffset() >= next && batch.nextOffset() <= committed) {
        batch.forEach(batch.isControlBatch() ? this::control : records);
        next = batch.nextOffset();
      }
    }
  }

  private void control(Record control) {
    if (ControlRecordType.parse(control.key()) == ControlRecordType.LEADER_CHANGE) {
      leaders.accept(ControlRecordUtils.deserializeLeaderChangeMessage(control).leaderId());
    }
  }
}
