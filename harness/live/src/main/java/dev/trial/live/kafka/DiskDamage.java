package dev.trial.live.kafka;

import dev.trial.core.world.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Harms the files of a broker as a bad disk would. What names the disk itself is spared. */
final class DiskDamage {
  private static final String LOG = ".log";
  private static final String NAME_OF_DISK = "meta.properties";

  private final Path disk;
  private final RandomStream random;

  DiskDamage(Path disk, RandomStream random) {
    this.disk = disk;
    this.random = random;
  }

  /** One bit of one log is another. */
  void flipBit() {
    List<Path> logs = logs();
    if (!logs.isEmpty()) {
      flipBit(random.pick(logs));
    }
  }

  private void flipBit(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = random.between(0, SegmentFile.endOfBatches(file) - 1);
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8)));
      one.flip();
      channel.write(one, at);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot flip a bit", e);
    }
  }

  /** Of the last batch of each log's newest segment only a beginning was written. */
  void tear() {
    for (Path partition : partitions()) {
      List<Path> segments = segments(partition);
      if (!segments.isEmpty()) {
        tear(segments.get(segments.size() - 1));
      }
    }
  }

  private void tear(Path segment) {
    long last = SegmentFile.startOfLastBatch(segment);
    long end = SegmentFile.endOfBatches(segment);
    if (last < end) {
      try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
        channel.truncate(random.between(last, end - 1));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tear a batch", e);
      }
    }
  }

  /** Everything is gone. */
  void lose() {
    for (Path entry : entries(disk)) {
      if (!entry.getFileName().toString().equals(NAME_OF_DISK)) {
        delete(entry);
      }
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lose the disk", e);
    }
  }

  /** Segments of partitions, not of the metadata log: that is the quorum's own. */
  private List<Path> logs() {
    return partitions().stream()
        .flatMap(partition -> segments(partition).stream())
        .filter(segment -> SegmentFile.endOfBatches(segment) > 0)
        .toList();
  }

  private List<Path> partitions() {
    return entries(disk).stream()
        .filter(Files::isDirectory)
        .filter(each -> !each.getFileName().toString().startsWith("__cluster_metadata"))
        .toList();
  }

  private static List<Path> segments(Path partition) {
    return entries(partition).stream().filter(file -> file.toString().endsWith(LOG)).toList();
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list a disk", e);
    }
  }
}
