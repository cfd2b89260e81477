package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small model of a log, a producer and a group, which behaves correctly whatever happens:
 * indeterminate sends, gaps in the offsets, clean elections that truncate what the old leader alone
 * had, rebalances and crashes.
 */
final class CorrectRun {

  static final int FIRST_CONSUMER = 10;

  final Story story = new Story();
  final TreeMap<Long, Long> log = new TreeMap<>();
  final List<EpochStart> epochs = new ArrayList<>();
  final List<Long> truncated = new ArrayList<>();
  private final Random random;
  private final int acks;
  private long end;
  private long watermark;
  private long nextValue = 100;
  private int epoch;
  private int leader = 1;
  private int consumer = FIRST_CONSUMER;
  private int generation = 1;
  private long position;
  private long committed = -1;

  CorrectRun(long seed, int acks, int steps) {
    this.random = new Random(seed);
    this.acks = acks;
    begin();
    for (int i = 0; i < steps; i++) {
      step();
    }
    finish();
  }

  private void begin() {
    story.phase(Name.SET_UP);
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    epochs.add(new EpochStart(0, 0));
    story.phase(Name.LOAD);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    takeOver();
  }

  private void takeOver() {
    story.start(consumer, Kind.CONSUMER);
    story.assigned(consumer, generation);
    story.committed(consumer, committed);
    position = Math.max(committed, 0);
  }

  private void step() {
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 -> send();
      case 5, 6, 7, 8 -> consume();
      case 9 -> watermark = end;
      case 10 -> end++; // a marker or aborted data takes an offset
      case 11 -> electCleanly();
      case 12 -> crashConsumer();
      default -> moveGently();
    }
  }

  private void send() {
    long value = nextValue++;
    long invoked = story.invoke(value);
    int luck = random.nextInt(10);
    if (luck == 0) {
      story.complete(invoked, Stage.FAIL, -1);
      return;
    }
    if (luck == 1) {
      story.complete(invoked, Stage.INFO, -1);
      return;
    }
    log.put(end, value);
    long offset = end++;
    if (acks != 1) {
      watermark = end;
    }
    if (luck == 2) {
      story.complete(invoked, Stage.INFO, -1);
    } else {
      story.complete(invoked, Stage.OK, offset);
    }
  }

  private void consume() {
    long limit = Math.min(watermark, position + 1 + random.nextInt(5));
    List<Long> polled = new ArrayList<>(log.subMap(Math.min(position, limit), limit).keySet());
    long[] records = new long[polled.size() * 2];
    for (int i = 0; i < polled.size(); i++) {
      records[2 * i] = polled.get(i);
      records[2 * i + 1] = log.get(polled.get(i));
    }
    story.poll(consumer, records);
    for (long offset : polled) {
      story.process(consumer, offset, log.get(offset));
    }
    position = Math.max(position, limit);
    if (random.nextBoolean()) {
      commit();
    }
  }

  private void commit() {
    story.commit(consumer, position, Stage.OK);
    committed = position;
  }

  private void electCleanly() {
    // The elected replica has at least what is below the watermark.
    long from = acks == 1 ? watermark + random.nextInt((int) (end - watermark) + 1) : end;
    truncated.addAll(log.tailMap(from).values());
    log.tailMap(from).clear();
    end = from;
    watermark = Math.min(watermark, end);
    leader = leader % 3 + 1;
    epoch++;
    story.elect(leader, epoch, Election.CLEAN, 1, 2, 3);
    epochs.removeIf(each -> each.startOffset() >= from);
    epochs.add(new EpochStart(epoch, from));
  }

  private void crashConsumer() {
    story.end(consumer, How.CRASHED);
    consumer++;
    generation++;
    takeOver();
  }

  private void moveGently() {
    commit();
    story.rebalance(consumer, Change.REVOKED, generation);
    story.end(consumer, How.CLOSED);
    generation++;
    consumer++;
    takeOver();
  }

  private void finish() {
    watermark = end;
    story.phase(Name.HEAL);
    story.phase(Name.LIVENESS);
    while (position < end) {
      consume();
    }
    story.fact(consumer, new Action.Close(null));
    story.end(consumer, How.CLOSED);
    story.finalRead(log, end);
    story.phase(Name.DUMP);
    for (int broker = 1; broker <= 3; broker++) {
      story.dump(broker, log, end, epochs);
    }
    story.end(Story.PRODUCER, How.CLOSED);
    story.phase(Name.DONE);
  }

  int consumer() {
    return consumer;
  }

  boolean truncatedAcknowledged() {
    return story.operations.stream()
        .anyMatch(
            each ->
                each.stage() == Stage.OK
                    && each.action() instanceof Action.Send send
                    && truncated.contains(send.value()));
  }
}
