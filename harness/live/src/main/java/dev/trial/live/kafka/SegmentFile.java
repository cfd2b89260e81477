package dev.trial.live.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** A segment file of a log that somebody else may be writing. */
final class SegmentFile {
  private static final int OVERHEAD = 12;
  private static final int LENGTH_AT = 8;

  private SegmentFile() {}

  /** The whole batches in the file; one that is being written is left out. */
  static List<RecordBatch> batches(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    ByteBuffer bytes = read(file);
    List<Integer> ends = ends(bytes);
    bytes.limit(last(ends, 1));
    List<RecordBatch> found = new ArrayList<>();
    MemoryRecords.readableRecords(bytes).batches().forEach(found::add);
    return found;
  }

  /** Where the last whole batch begins; 0 if there is none. */
  static long startOfLastBatch(Path file) {
    return last(ends(read(file)), 2);
  }

  /** Where the whole batches end: what is behind was given to the file beforehand. */
  static long endOfBatches(Path file) {
    return last(ends(read(file)), 1);
  }

  private static ByteBuffer read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      int got = 0;
      while (bytes.hasRemaining() && got >= 0) {
        got = channel.read(bytes);
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static int last(List<Integer> ends, int fromTheEnd) {
    return ends.size() < fromTheEnd ? 0 : ends.get(ends.size() - fromTheEnd);
  }

  private static List<Integer> ends(ByteBuffer bytes) {
    List<Integer> ends = new ArrayList<>();
    int end = 0;
    while (end + OVERHEAD <= bytes.limit()) {
      int size = OVERHEAD + bytes.getInt(end + LENGTH_AT);
      if (size <= OVERHEAD || end + size > bytes.limit()) {
        break;
      }
      end += size;
      ends.add(end);
    }
    return ends;
  }
}
