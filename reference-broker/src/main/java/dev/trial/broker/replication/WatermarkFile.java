package dev.trial.broker.replication;

import dev.trial.broker.log.TextFile;
import dev.trial.core.world.Disk;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The file replication-offset-checkpoint: high watermarks as of the last checkpoint. */
final class WatermarkFile {
  private final TextFile file;
  private final Map<String, Long> watermarks = new TreeMap<>();
  private String written;

  WatermarkFile(Disk disk) {
    this.file = new TextFile(disk, "replication-offset-checkpoint");
    this.written = file.read();
    for (String line : written.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        watermarks.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
      }
    }
  }

  /** The watermark last written for the replica, 0 if there is none. */
  long of(Uuid topicId, int partition) {
    return watermarks.getOrDefault(key(topicId, partition), 0L);
  }

  /** Writes the watermarks of all replicas, unless nothing has changed. */
  void write(Iterable<LocalPartition> partitions) {
    StringBuilder text = new StringBuilder();
    watermarks.clear();
    for (LocalPartition partition : partitions) {
      String key = key(partition.topicId, partition.id.partition());
      watermarks.put(key, partition.log.highWatermark());
      text.append(key).append(' ').append(partition.log.highWatermark()).append('\n');
    }
    String now = text.toString();
    if (!now.equals(written)) {
      file.write(now);
      written = now;
    }
  }

  private static String key(Uuid topicId, int partition) {
    return topicId + "/" + partition;
  }
}
