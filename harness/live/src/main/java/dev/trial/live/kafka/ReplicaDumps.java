package dev.trial.live.kafka;

import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.payload.PayloadReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads replicas from a broker's disk. A broker writes segments through the page cache, so what it
 * has appended is seen at once.
 */
final class ReplicaDumps {
  private static final String EPOCHS = "leader-epoch-checkpoint";
  private static final int HEADER_LINES = 2;

  private ReplicaDumps() {}

  /**
   * The log of a replica; empty if the disk has none.
   *
   * @param highWatermark as the leader told it, of which a follower's own is never ahead
   */
  static Optional<ReplicaLog> read(
      Path disk, PartitionId partition, int broker, boolean inSync, long highWatermark) {
    Path directory = disk.resolve(partition.topic() + "-" + partition.partition());
    List<Path> segments = segments(directory);
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    long start = baseOffset(segments.get(0));
    long end = baseOffset(segments.get(segments.size() - 1));
    List<Logged> records = new ArrayList<>();
    for (Path segment : segments) {
      for (RecordBatch batch : SegmentFile.batches(segment)) {
        batch.forEach(each -> records.add(logged(batch, each)));
        end = batch.nextOffset();
      }
    }
    long known = Math.min(highWatermark, end);
    return Optional.of(
        new ReplicaLog(partition, broker, inSync, start, known, end, epochs(directory), records));
  }

  private static Logged logged(RecordBatch batch, Record each) {
    long value =
        batch.isControlBatch() || !each.hasValue()
            ? Delivered.NO_VALUE
            : PayloadReader.valueOf(bytes(each.key()), bytes(each.value()));
    return new Logged(each.offset(), batch.partitionLeaderEpoch(), value, batch.isControlBatch());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    return buffer == null ? null : Utils.toArray(buffer);
  }

  private static List<Path> segments(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private static long baseOffset(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /** A version, a count, and one line "epoch offset" for each entry (LeaderEpochCheckpointFile). */
  private static List<EpochStart> epochs(Path directory) {
    Path file = directory.resolve(EPOCHS);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<EpochStart> epochs = new ArrayList<>();
      for (String line : Files.readAllLines(file).stream().skip(HEADER_LINES).toList()) {
        String[] words = line.split(" ");
        epochs.add(new EpochStart(Integer.parseInt(words[0]), Long.parseLong(words[1])));
      }
      return epochs;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
