package dev.trial.app.live.scale;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/** Asks each broker the same small question over and over, and knows the slowest answer. */
final class AnswerWatch implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final long PAUSE_MS = 20;
  private static final long ANSWER_S = 120;

  private final Admin admin;
  private final Thread thread;
  private volatile boolean ended;
  private volatile long slowestNs;
  private volatile Exception failure;

  AnswerWatch(Map<String, Object> settings) throws Exception {
    admin = Admin.create(settings);
    for (int broker = 1; broker <= BROKERS; broker++) {
      ask(broker); // connections are made before anything counts
    }
    thread = new Thread(this::watch, "answer-watch");
    thread.start();
  }

  /** How long the slowest answer took; what is not answered yet counts as if it were now. */
  long slowestNs() throws Exception {
    ended = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return slowestNs;
  }

  private void watch() {
    try {
      while (!ended) {
        for (int broker = 1; broker <= BROKERS; broker++) {
          slowestNs = Math.max(slowestNs, ask(broker));
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (Exception failed) {
      failure = failed;
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
    ended = true;
    admin.close();
  }
}
