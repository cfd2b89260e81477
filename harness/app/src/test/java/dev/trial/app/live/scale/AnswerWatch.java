package dev.trial.app.live.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/** Asks each broker the same small question over and over, and knows the slowest answer. */
final class AnswerWatch implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final long PAUSE_MS = 20;
  private static final long ANSWER_S = 120;

  private final Admin admin;
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private volatile long slowestNs;
  private volatile Exception failure;

  AnswerWatch(Map<String, Object> settings) throws Exception {
    admin = Admin.create(settings);
    for (int broker = 1; broker <= BROKERS; broker++) {
      ask(broker); // connections are made before anything counts
    }
    rounds.scheduleWithFixedDelay(this::round, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  /** How long the slowest answer took; what is not answered yet counts as if it were now. */
  long slowestNs() throws Exception {
    rounds.shutdown();
    assertTrue(rounds.awaitTermination(BROKERS * ANSWER_S, TimeUnit.SECONDS), "no answer");
    if (failure != null) {
      throw failure;
    }
    return slowestNs;
  }

  private void round() {
    try {
      for (int broker = 1; broker <= BROKERS; broker++) {
        slowestNs = Math.max(slowestNs, ask(broker));
      }
    } catch (Exception failed) {
      failure = failed;
      rounds.shutdown();
    }
  }

  private long ask(int broker) throws Exception {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.BROKER, "" + broker);
    long startNs = System.nanoTime();
    admin.describeConfigs(List.of(asked)).all().get(ANSWER_S, TimeUnit.SECONDS);
    return System.nanoTime() - startNs;
  }

  @Override
  public void close() {
    rounds.shutdown();
    admin.close();
  }
}
