package dev.trial.workloads.program;

import dev.trial.core.history.PartitionId;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/**
 * The final read: a fresh consumer that asks for the log's ends, reads every partition from the
 * beginning up to them, and then asks each group's coordinator for its committed offsets.
 *
 * <p>Parameters: {@code topics}, {@code groups}, {@code no-progress-ms} (20000): the longest time
 * without a record or a moved position before it gives up, which fails the process, so that nobody
 * takes a part for the whole.
 */
public final class FinalReader implements ClientProgram {
  private static final long POLL_MS = 500;
  private static final long CLOSE_MS = 5_000;

  @Override
  public void run(ClientContext context) {
    Parameters parameters = context.parameters();
    RecordedConsumer reader = RecordedConsumer.open(context, settings(null));
    List<PartitionId> partitions = readAll(context, reader);
    reader.close(CLOSE_MS);
    for (String group : parameters.list("groups")) {
      askCommitted(context, group, partitions);
    }
  }

  /** Reads every partition of the topics to its end; returns them. */
  static List<PartitionId> readAll(ClientContext context, RecordedConsumer reader) {
    Parameters parameters = context.parameters();
    List<PartitionId> partitions = reader.partitionsOf(parameters.list("topics"));
    reader.assign(partitions);
    Map<PartitionId, Long> ends = reader.askEnds(partitions);
    reader.seekToBeginning(partitions);
    new Reading(context, reader, ends, parameters.number("no-progress-ms", 20_000)).toTheEnd();
    return partitions;
  }

  private static void askCommitted(
      ClientContext context, String group, List<PartitionId> partitions) {
    RecordedConsumer member = RecordedConsumer.open(context, settings(group));
    boolean told = member.askCommitted(partitions);
    member.close(CLOSE_MS);
    if (!told) {
      throw new IllegalStateException(
          "the coordinator of " + group + " did not tell its committed offsets");
    }
  }

  private static Map<String, String> settings(String group) {
    Map<String, String> own = new TreeMap<>();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    return own;
  }

  /** Polls until no partition is short of its end. Positions count, for offsets may have gaps. */
  private static final class Reading {
    private final ClientContext context;
    private final RecordedConsumer reader;
    private final Map<PartitionId, Long> ends;
    private final long noProgressMs;
    private final Map<PartitionId, Long> positions = new TreeMap<>();
    private long progressAtMs;

    Reading(
        ClientContext context,
        RecordedConsumer reader,
        Map<PartitionId, Long> ends,
        long noProgressMs) {
      this.context = context;
      this.reader = reader;
      this.ends = ends;
      this.noProgressMs = noProgressMs;
      this.progressAtMs = context.clock().millis();
    }

    void toTheEnd() {
      while (!look().isEmpty()) {
        poll();
        if (context.clock().millis() - progressAtMs > noProgressMs) {
          throw new IllegalStateException(
              "no progress in " + noProgressMs + " ms, short of the end: " + look());
        }
      }
    }

    /** The log's beginning may move up while it is read (retention); reading goes on there. */
    private void poll() {
      try {
        reader.poll(POLL_MS);
      } catch (OffsetOutOfRangeException deleted) {
        reader.seekToBeginning(Partitions.ids(deleted.partitions()));
      }
    }

    /** Partitions short of their end; notes progress. */
    private List<PartitionId> look() {
      List<PartitionId> unread = new ArrayList<>();
      ends.forEach(
          (partition, end) -> {
            long position = reader.position(partition);
            Long before = positions.put(partition, position);
            if (before == null || before != position) {
              progressAtMs = context.clock().millis();
            }
            if (position < end) {
              unread.add(partition);
            }
          });
      return unread;
    }
  }
}
