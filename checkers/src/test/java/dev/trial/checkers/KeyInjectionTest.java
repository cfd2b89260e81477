package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Checker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys that stay where they belong, or whose topic grows, and one that does not. */
class KeyInjectionTest {
  private static final int TRIES = 60;
  private static final int WORKER = 10;
  private static final int SENDS = 40;
  private static final int KEYS = 5;

  /** A record that was sent: by whom, where to, and by which operations. */
  private record Sent(long value, int key, PartitionId at, long offset, long[] operations) {}

  /** Two producers; a key goes to the partition that is the rest of its number. */
  private static final class Keys {
    final Story story = new Story();
    final List<Sent> sent = new ArrayList<>();
    final Random random;
    private final long[] ends = new long[4];

    Keys(long seed) {
      random = new Random(seed);
      story.start(1, Kind.PRODUCER).start(2, Kind.PRODUCER).start(WORKER, Kind.CONSUMER);
    }

    Sent send(int key, int partition) {
      long value = 100 + sent.size();
      // Each producer has keys of its own, as the order of a key is that of one producer.
      int process = 1 + key % 2;
      long offset = ends[partition]++;
      PartitionId at = new PartitionId("orders", partition);
      long invoked = story.add(process, Stage.INVOKE, -1, action(value, key, -1, -1));
      long done = story.add(process, Stage.OK, invoked, action(value, key, partition, offset));
      Sent all = new Sent(value, key, at, offset, new long[] {invoked, done});
      sent.add(all);
      return all;
    }

    private static Action action(long value, int key, int partition, long offset) {
      return new Action.Send(value, "k" + key, "orders", partition, offset, null);
    }

    Keys send(int partitions) {
      for (int i = 0; i < SENDS; i++) {
        int key = random.nextInt(KEYS);
        send(key, key % partitions);
      }
      return this;
    }

    long work(Sent each) {
      return story.fact(
          WORKER, new Action.Process(each.at(), each.offset(), each.value(), "k" + each.key()));
    }

    List<Anomaly> judged(Checker checker) {
      return checker.check(story.history(), Story.rules(-1)).anomalies();
    }
  }

  @Property(tries = 200)
  void keysThatStayAreNeverFlagged(@ForAll long seed) {
    assertEquals(List.of(), new Keys(seed).send(3).judged(new KeyChecker()));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.KEY_SPLIT)
  void aRecordGoesAstray(@ForAll long seed) {
    Keys keys = new Keys(seed).send(3);
    Sent first = keys.sent.get(0);
    Sent astray = keys.send(first.key(), (first.key() + 1) % 3);
    List<Anomaly> found = keys.judged(new KeyChecker());
    assertEquals(1, found.size(), found::toString);
    assertEquals(AnomalyKind.KEY_SPLIT, found.get(0).kind());
    assertEquals(
        List.of(
            first.operations()[0],
            first.operations()[1],
            astray.operations()[0],
            astray.operations()[1]),
        found.get(0).operations());
  }

  /** The topic grows between two times of sending; a group works through the old ones first. */
  private static List<Sent> inOrder(Keys keys) {
    keys.send(2).send(3);
    List<Sent> order = new ArrayList<>(keys.sent);
    // Records of other keys may change places.
    for (int i = 1; i < order.size(); i++) {
      if (order.get(i).key() != order.get(i - 1).key() && keys.random.nextBoolean()) {
        Collections.swap(order, i, i - 1);
      }
    }
    return order;
  }

  @Property(tries = 200)
  void whatIsDoneInOrderIsNeverFlagged(@ForAll long seed) {
    Keys keys = new Keys(seed);
    inOrder(keys).forEach(keys::work);
    assertEquals(List.of(), keys.judged(new KeyOrderChecker()));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.KEY_REORDER)
  void aRecordOfTheNewPartitionIsDoneFirst(@ForAll long seed) {
    Keys keys = new Keys(seed);
    List<Sent> order = inOrder(keys);
    // The last record of a key in its old partition, and the first in the new one.
    int late =
        IntStream.range(0, order.size())
            .filter(at -> next(order, at) > 0)
            .filter(at -> !order.get(next(order, at)).at().equals(order.get(at).at()))
            .findFirst()
            .orElse(-1);
    net.jqwik.api.Assume.that(late >= 0);
    Sent one = order.get(late);
    Sent other = order.get(next(order, late));
    Collections.swap(order, late, next(order, late));
    long[] worked = new long[2];
    for (Sent each : order) {
      long at = keys.work(each);
      worked[0] = each == one ? at : worked[0];
      worked[1] = each == other ? at : worked[1];
    }
    List<Anomaly> found = keys.judged(new KeyOrderChecker());
    assertTrue(
        found.stream()
            .anyMatch(
                each ->
                    each.kind() == AnomalyKind.KEY_REORDER
                        && each.values().equals(List.of(one.value(), other.value()))
                        && each.operations().containsAll(List.of(worked[0], worked[1]))),
        found::toString);
  }

  /** Where the next record of the same key stands; −1 if there is none. */
  private static int next(List<Sent> order, int at) {
    return IntStream.range(at + 1, order.size())
        .filter(each -> order.get(each).key() == order.get(at).key())
        .findFirst()
        .orElse(-1);
  }
}
