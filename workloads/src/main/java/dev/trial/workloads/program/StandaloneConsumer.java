package dev.trial.workloads.program;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stamp;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Reads assigned partitions without a group: from the beginning and on, until told to close; with
 * {@code seek-every} polls greater than 0 it also seeks to an exact earlier offset now and then,
 * and with {@code lookup-every} it asks at which offset a time begins.
 *
 * <p>Parameters: {@code topics} (orders), {@code poll-ms} (500), {@code pause-ms} (0), {@code
 * seek-every} (0), {@code lookup-every} (0), {@code stamps} (false; true writes down the timestamps
 * of what is read, which lookups need), {@code close-ms} (10000).
 */
public final class StandaloneConsumer implements ClientProgram {
  private static final int ERRORS_IN_A_ROW = 20;
  private static final long ERROR_PAUSE_MS = 100;
  private static final long FAR_MS = 120_000;

  @Override
  public void run(ClientContext context) {
    drive(context, RecordedConsumer.open(context, settings()));
  }

  static void drive(ClientContext context, RecordedConsumer consumer) {
    Parameters parameters = context.parameters();
    List<String> topics = parameters.list("topics");
    List<PartitionId> partitions =
        consumer.partitionsOf(topics.isEmpty() ? List.of("orders") : topics);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    new Tail(context, consumer).read();
    consumer.close(parameters.number("close-ms", 10_000));
  }

  /** Without a group, nothing to commit; a lost position starts again at the beginning. */
  private static Map<String, String> settings() {
    Map<String, String> own = new TreeMap<>();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, null);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return own;
  }

  /** Reading on, with seeks. */
  private static final class Tail {
    private final ClientContext context;
    private final RecordedConsumer consumer;
    private final RandomStream random;
    private final long pollMs;
    private final long pauseMs;
    private final long seekEvery;
    private final long lookupEvery;
    private final Map<PartitionId, Long> reached = new TreeMap<>();
    private int errors;

    Tail(ClientContext context, RecordedConsumer consumer) {
      this.context = context;
      this.consumer = consumer;
      this.random = context.random("seek");
      this.pollMs = context.parameters().number("poll-ms", 500);
      this.pauseMs = context.parameters().number("pause-ms", 0);
      this.seekEvery = context.parameters().number("seek-every", 0);
      this.lookupEvery = context.parameters().number("lookup-every", 0);
    }

    void read() {
      for (long polls = 1; !context.closing(); polls++) {
        poll();
        if (seekEvery > 0 && polls % seekEvery == 0 && !reached.isEmpty()) {
          seekBack();
        }
        if (lookupEvery > 0 && polls % lookupEvery == 0 && !consumer.stampsSeen().isEmpty()) {
          lookUp();
        }
        if (pauseMs > 0) {
          context.sleep(pauseMs);
        }
      }
    }

    private void poll() {
      attempt(
          () -> {
            for (Delivered record : consumer.poll(pollMs)) {
              reached.merge(record.partition(), record.offset(), Math::max);
            }
          });
    }

    private void attempt(Runnable call) {
      try {
        call.run();
        errors = 0;
      } catch (KafkaException error) {
        if (++errors > ERRORS_IN_A_ROW) {
          throw error;
        }
        context.sleep(ERROR_PAUSE_MS);
      }
    }

    /** At or next to the timestamp of a record; now and then before or after all. */
    private void lookUp() {
      PartitionId partition = random.pick(List.copyOf(consumer.stampsSeen().keySet()));
      List<Stamp> seen = consumer.stampsSeen().get(partition);
      long timestampMs = random.pick(seen).timestampMs();
      long askedMs =
          random.chance(0.8)
              ? timestampMs + random.between(-1, 1)
              : timestampMs + random.between(-FAR_MS, FAR_MS);
      attempt(() -> consumer.lookUp(partition, Math.max(0, askedMs)));
    }

    private void seekBack() {
      PartitionId partition = random.pick(List.copyOf(reached.keySet()));
      consumer.seek(partition, random.nextLong(reached.get(partition) + 1));
    }
  }
}
