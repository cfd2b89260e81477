package dev.trial.workloads.program;

import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;
import java.util.List;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;

/** One membership of a {@link GroupConsumer}: from opening its consumer to closing it. */
final class GroupSession {
  private static final int ERRORS_IN_A_ROW = 20;
  private static final long ERROR_PAUSE_MS = 100;
  private static final long WATCH_MS = 100;

  /** Why a session ended. */
  enum Left {
    /** To close and open again. */
    TO_REOPEN,
    /** To be away for a while. */
    FOR_A_WHILE,
    /** The work is over. */
    FOR_GOOD
  }

  private final ClientContext context;
  private final Parameters parameters;
  private final RecordedConsumer consumer;
  private final CommitStrategy strategy;
  private final Commits commits;
  private final Workers workers;
  private final Progress progress = new Progress();
  private final Stalls stalls;
  private final Intruder intruder;
  private final long reopenAfter;
  private final long leaveAtMs;
  private final long maxPolls;
  private final long closeMs;
  private long processed;
  private long polls;
  private int errors;
  private boolean fencedOff;
  private boolean turnedAway;
  private volatile boolean over;

  /**
   * @param switchAtMs when to leave to come back with another protocol, by the world's clock
   */
  GroupSession(
      ClientContext context, RecordedConsumer consumer, boolean mayReopen, long switchAtMs) {
    this.context = context;
    this.parameters = context.parameters();
    this.consumer = consumer;
    this.strategy = CommitStrategy.of(parameters);
    this.commits = new Commits(context, consumer, strategy);
    this.reopenAfter = mayReopen ? parameters.number("reopen-after", 0) : 0;
    long aliveMs = parameters.number("alive-ms", 0);
    long aliveUntilMs = aliveMs == 0 ? Long.MAX_VALUE : context.clock().millis() + aliveMs;
    this.leaveAtMs = Math.min(aliveUntilMs, switchAtMs);
    this.stalls = new Stalls(context);
    this.intruder = parameters.flag("intruder", false) ? new Intruder(context, consumer) : null;
    this.maxPolls = parameters.number("max-polls", 0);
    this.closeMs = parameters.number("close-ms", 10_000);
    this.workers =
        strategy.handsOver()
            ? new Workers(context, (int) parameters.number("workers", 1), this::handedOver)
            : null;
  }

  Left run() {
    subscribe();
    if (parameters.flag("wakeup", false)) {
      context.spawn("closer", this::wakeWhenOver);
    }
    if (intruder != null) {
      intruder.start();
    }
    try {
      loop();
    } finally {
      end();
      if (workers != null) {
        workers.drain(context.closing() ? closeMs : 0);
      }
    }
    if (strategy == CommitStrategy.TRACKED) {
      commits.finished(progress.committable());
    }
    commits.beforeClose();
    Left why = why();
    consumer.close(closeMs);
    return why;
  }

  private void subscribe() {
    String pattern = parameters.text("pattern", "");
    List<String> topics = parameters.list("topics");
    if (pattern.isEmpty()) {
      consumer.subscribe(topics.isEmpty() ? List.of("orders") : topics, new Changes());
    } else {
      consumer.subscribe(pattern, new Changes());
    }
  }

  private void end() {
    over = true;
    if (intruder != null) {
      intruder.end();
    }
  }

  private void loop() {
    long pollMs = parameters.number("poll-ms", 500);
    long pauseMs = parameters.number("pause-ms", 0);
    while (!leaving()) {
      work(poll(pollMs));
      if (pauseMs > 0) {
        context.sleep(pauseMs);
      }
    }
  }

  private List<Delivered> poll(long pollMs) {
    try {
      polls++;
      polling(polls);
      List<Delivered> records = consumer.poll(pollMs);
      errors = 0;
      return records;
    } catch (WakeupException woken) {
      return List.of();
    } catch (FencedInstanceIdException fenced) {
      fencedOff = true; // another process has this one's group.instance.id: it must not go on
      return List.of();
    } catch (InvalidOffsetException error) {
      reset(error);
      return List.of();
    } catch (KafkaException error) {
      endure(error);
      return List.of();
    } finally {
      polling(0);
    }
  }

  private void polling(long n) {
    if (intruder != null) {
      intruder.polling(n);
    }
  }

  /** A user who sets auto.offset.reset=none gets this and decides. */
  private void reset(InvalidOffsetException error) {
    switch (parameters.text("on-reset", "fail")) {
      case "begin" -> consumer.seekToBeginning(Partitions.ids(error.partitions()));
      case "diverging" -> consumer.seekToDivergence(error);
      default -> throw error;
    }
  }

  private void endure(KafkaException error) {
    if (parameters.flag("leave-on-error", false)) {
      turnedAway = true;
      return;
    }
    if (++errors > ERRORS_IN_A_ROW) {
      throw error;
    }
    context.sleep(ERROR_PAUSE_MS);
  }

  private void work(List<Delivered> records) {
    if (!commits.beforeWork(records)) {
      return;
    }
    for (Delivered record : records) {
      if (workers == null) {
        process(0, record);
        commits.worked(record);
      } else {
        progress.begun(record);
        workers.add(record);
      }
      processed++;
    }
    if (strategy == CommitStrategy.TRACKED) {
      commits.finished(progress.committable());
    } else {
      commits.afterWork();
    }
  }

  private void handedOver(int worker, Delivered record) {
    process(worker, record);
    progress.finished(record);
  }

  private void process(int worker, Delivered record) {
    stalls.work(worker);
    context
        .recorder()
        .fact(
            context.process(),
            new Process(record.partition(), record.offset(), record.value(), record.key()));
  }

  private boolean leaving() {
    return context.closing()
        || fencedOff
        || turnedAway
        || enough()
        || (timeIsUp() && !context.stopping());
  }

  private boolean enough() {
    return (reopenAfter > 0 && processed >= reopenAfter) || (maxPolls > 0 && polls >= maxPolls);
  }

  private boolean timeIsUp() {
    return context.clock().millis() >= leaveAtMs;
  }

  private Left why() {
    if (context.closing() || fencedOff || (maxPolls > 0 && polls >= maxPolls)) {
      return Left.FOR_GOOD;
    }
    return reopenAfter > 0 && processed >= reopenAfter ? Left.TO_REOPEN : Left.FOR_A_WHILE;
  }

  /** The usual shutdown hook: wakeup() is the one call that another thread may make. */
  private void wakeWhenOver() {
    while (!over) {
      if (leaving()) {
        consumer.wakeup();
      }
      context.sleep(WATCH_MS);
    }
  }

  /** What this application does when partitions come and go. */
  private final class Changes implements RecordedConsumer.Reaction {

    @Override
    public void assigned(List<PartitionId> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      if (parameters.flag("committed", true)) {
        consumer.askCommitted(partitions);
      }
      if (parameters.flag("ends", false)) {
        consumer.tryAskEnds(partitions);
      }
    }

    @Override
    public void revoked(List<PartitionId> partitions) {
      commits.revoked(partitions);
      progress.forget(partitions);
    }

    @Override
    public void lost(List<PartitionId> partitions) {
      commits.forget(partitions);
      progress.forget(partitions);
    }
  }
}
