package dev.trial.checkers.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.Injects;
import dev.trial.checkers.jepsen.Op.Poll;
import dev.trial.checkers.jepsen.Op.Rec;
import dev.trial.checkers.jepsen.Op.Send;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Correct histories are never flagged; whatever is broken in one is named with its operations. */
public class InjectedAnomaliesTest {
  private static final long NOBODY_SENT = 1_000_000;

  private static KafkaRun run(long seed) {
    return new KafkaRun(seed, 4, 3, 120);
  }

  private static Verdict judge(KafkaRun run) {
    return new KafkaJudge(null, () -> Budget.UNLIMITED).judge(run.history());
  }

  @Property(tries = 300)
  void whatIsCorrectIsValid(@ForAll long seed) {
    Verdict verdict = judge(run(seed));
    assertEquals(Map.of(), verdict.counts());
    assertEquals(Validity.VALID, verdict.validity());
  }

  @Property(tries = 20)
  void whoseBudgetIsSpentCannotTell(@ForAll long seed) {
    KafkaJudge judge = new KafkaJudge(null, () -> () -> "1 s is over");
    Verdict verdict = judge.judge(run(seed).history());
    assertEquals(Validity.UNKNOWN, verdict.validity());
    verdict
        .findings()
        .forEach(each -> assertTrue(each.unknown().contains("1 s is over, after 0 of ")));
  }

  // ---- finding places to tamper with

  private static Op writer(KafkaRun run, int key, long value) {
    return run.ops.stream()
        .filter(
            op ->
                op.completes()
                    && op.sends().stream().anyMatch(s -> s.key == key && s.value == value))
        .findFirst()
        .orElseThrow();
  }

  /** A record that an acknowledged send put at a known offset, not among the last of its log. */
  private static Rec acknowledged(KafkaRun run, boolean last) {
    for (List<Rec> log : run.logs) {
      List<Rec> candidates =
          last
              ? log.subList(Math.max(0, log.size() - 1), log.size())
              : log.subList(0, Math.max(0, log.size() - 1));
      for (Rec each : candidates) {
        Op writer = writer(run, each.key(), each.value());
        boolean told =
            writer.sends().stream()
                .anyMatch(s -> s.key == each.key() && s.value == each.value() && s.offset != null);
        if (writer.ok() && told) {
          return each;
        }
      }
    }
    Assume.that(false);
    throw new AssertionError();
  }

  private static void unread(KafkaRun run, Rec record) {
    run.ops.forEach(op -> op.polls().forEach(poll -> poll.records.remove(record)));
  }

  private static Op find(KafkaRun run, Predicate<Op> wanted) {
    Op found = run.ops.stream().filter(op -> op.ok() && wanted.test(op)).findFirst().orElse(null);
    Assume.that(found != null);
    return found;
  }

  private static Op finalPoll(KafkaRun run, int key) {
    List<Op> polls = run.ops.stream().filter(op -> op.ok() && op.f.equals("poll")).toList();
    return polls.get(polls.size() - run.logs.size() + key);
  }

  private static Poll longPoll(Op op) {
    for (Poll poll : op.polls()) {
      for (int i = 2; i < poll.records.size(); i++) {
        if (poll.records.get(i).key() == poll.records.get(i - 2).key()) {
          return poll;
        }
      }
    }
    return null;
  }

  private static int middle(Poll poll) {
    for (int i = 2; i < poll.records.size(); i++) {
      if (poll.records.get(i).key() == poll.records.get(i - 2).key()) {
        return i - 1;
      }
    }
    throw new AssertionError();
  }

  private static void assertFound(KafkaRun run, AnomalyKind kind, Op... culprits) {
    Verdict verdict = judge(run);
    assertEquals(Validity.INVALID, verdict.validity());
    List<Long> indexes = Arrays.stream(culprits).map(op -> (long) op.index).toList();
    boolean named =
        verdict.anomalies().stream()
            .filter(each -> each.kind() == kind)
            .map(Anomaly::operations)
            .anyMatch(operations -> operations.containsAll(indexes));
    assertTrue(named, () -> kind + " at " + indexes + ", but found " + verdict.anomalies());
    verdict.anomalies().forEach(each -> assertTrue(each.sentence().endsWith("."), each::sentence));
  }

  private static void assertOnly(KafkaRun run, AnomalyKind kind, Op... culprits) {
    assertFound(run, kind, culprits);
    assertEquals(java.util.Set.of(kind.id()), judge(run).counts().keySet());
  }

  // ---- logs

  @Property(tries = 60)
  void aLostWrite(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec lost = acknowledged(run, false);
    unread(run, lost);
    assertFound(run, AnomalyKind.LOST_WRITE, writer(run, lost.key(), lost.value()));
  }

  @Property(tries = 60)
  @Injects(AnomalyKind.UNSEEN)
  void anUnseenWrite(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec unseen = acknowledged(run, true);
    unread(run, unseen);
    assertOnly(run, AnomalyKind.UNSEEN, writer(run, unseen.key(), unseen.value()));
  }

  @Property(tries = 60)
  void aLostTail(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec lost = acknowledged(run, true);
    unread(run, lost);
    Op told = run.tellEnds(lost.key(), lost.offset());
    assertOnly(run, AnomalyKind.TAIL_LOSS, writer(run, lost.key(), lost.value()), told);
  }

  @Property(tries = 60)
  void anEndThatCoversTheWriteProvesNoLoss(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec unseen = acknowledged(run, true);
    unread(run, unseen);
    run.tellEnds(unseen.key(), unseen.offset() + 1);
    assertOnly(run, AnomalyKind.UNSEEN, writer(run, unseen.key(), unseen.value()));
  }

  @Property(tries = 60)
  void aDuplicate(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec twice = acknowledged(run, false);
    Op poll = finalPoll(run, twice.key());
    poll.polls().get(0).records.add(new Rec(twice.key(), 900_000, twice.value()));
    assertFound(run, AnomalyKind.DUPLICATE, writer(run, twice.key(), twice.value()), poll);
  }

  @Property(tries = 60)
  void twoValuesAtOneOffset(@ForAll long seed) {
    KafkaRun run = run(seed);
    Rec claimed = acknowledged(run, false);
    Op poll = finalPoll(run, claimed.key());
    List<Rec> records = poll.polls().get(0).records;
    Rec other = records.get(records.indexOf(claimed) + 1);
    records.set(records.indexOf(claimed), new Rec(claimed.key(), claimed.offset(), other.value()));
    assertFound(run, AnomalyKind.INCONSISTENT_OFFSETS, poll);
  }

  @Property(tries = 60)
  void aPhantom(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op poll = finalPoll(run, 1);
    poll.polls().get(0).records.add(new Rec(1, 900_000, NOBODY_SENT));
    assertOnly(run, AnomalyKind.PHANTOM, poll);
  }

  // ---- transactions

  @Property(tries = 60)
  @Injects(AnomalyKind.ABORTED_READ)
  void anAbortedRead(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op failed =
        run.ops.stream()
            .filter(op -> op.type.equals("fail") && !op.sends().isEmpty())
            .findFirst()
            .orElse(null);
    Assume.that(failed != null);
    Send aborted = failed.sends().get(0);
    Op poll = finalPoll(run, aborted.key);
    poll.polls().get(0).records.add(new Rec(aborted.key, 900_000, aborted.value));
    assertOnly(run, AnomalyKind.ABORTED_READ, failed, poll);
  }

  @Property(tries = 60)
  @Injects(AnomalyKind.PRECOMMITTED_READ)
  void aPrecommittedRead(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op op = find(run, each -> each.sends().stream().anyMatch(send -> send.offset != null));
    Send own = op.sends().stream().filter(send -> send.offset != null).findFirst().orElseThrow();
    Poll poll = new Poll();
    poll.records.add(new Rec(own.key, own.offset, own.value));
    op.mops.add(poll);
    assertFound(run, AnomalyKind.PRECOMMITTED_READ, op);
  }

  // ---- polls

  @Property(tries = 60)
  void aSkipInsideAnOperation(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op op = find(run, each -> longPoll(each) != null);
    longPoll(op).records.remove(middle(longPoll(op)));
    assertOnly(run, AnomalyKind.INT_POLL_SKIP, op);
  }

  @Property(tries = 60)
  void aStepBackInsideAnOperation(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op op = find(run, each -> longPoll(each) != null);
    int at = middle(longPoll(op));
    Collections.swap(longPoll(op).records, at, at + 1);
    assertFound(run, AnomalyKind.INT_NONMONOTONIC_POLL, op);
  }

  @Property(tries = 60)
  void aRebalanceMeanwhileExcusesBoth(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op op = find(run, each -> longPoll(each) != null);
    Poll poll = longPoll(op);
    int key = poll.records.remove(middle(poll)).key();
    String edn =
        run.edn()
            .replace(
                "{:index " + op.index + ",",
                "{:rebalance-log [{:keys [77 " + key + "]}], :index " + op.index + ",");
    Verdict verdict =
        new KafkaJudge(null, () -> Budget.UNLIMITED).judge(KafkaRun.read(edn.getBytes()));
    assertEquals(Map.of(), verdict.counts());
  }

  private record TwoPolls(Op before, Op after, int key) {}

  /** Two operations of a process, the second the next that succeeded and read the key. */
  private static TwoPolls twoPolls(KafkaRun run, int recordsOfSecond) {
    for (Op before : run.ops) {
      for (int key = 0; before.ok() && key < run.logs.size(); key++) {
        Op after = next(run, before, key);
        boolean fits =
            after != null
                && !ofKey(before, key).isEmpty()
                && ofKey(after, key).size() >= recordsOfSecond;
        if (fits && readTwice(run, ofKey(after, key).get(0))) {
          return new TwoPolls(before, after, key);
        }
      }
    }
    Assume.that(false);
    throw new AssertionError();
  }

  private static boolean readTwice(KafkaRun run, Rec record) {
    return run.ops.stream()
            .filter(op -> op.ok() && op.polls().stream().anyMatch(p -> p.records.contains(record)))
            .count()
        > 1;
  }

  private static Op next(KafkaRun run, Op before, int key) {
    return run.ops.stream()
        .filter(op -> op.index > before.index && op.process == before.process && op.ok())
        .filter(op -> !ofKey(op, key).isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static List<Rec> ofKey(Op op, int key) {
    List<Rec> all = new ArrayList<>();
    op.polls().forEach(poll -> poll.records.stream().filter(r -> r.key() == key).forEach(all::add));
    return all;
  }

  @Property(tries = 60)
  void aSkipBetweenOperations(@ForAll long seed) {
    KafkaRun run = run(seed);
    TwoPolls polls = twoPolls(run, 2);
    Rec first = ofKey(polls.after(), polls.key()).get(0);
    polls.after().polls().forEach(poll -> poll.records.remove(first));
    assertFound(run, AnomalyKind.POLL_SKIP, polls.before(), polls.after());
  }

  @Property(tries = 60)
  void aStepBackBetweenOperations(@ForAll long seed) {
    KafkaRun run = run(seed);
    TwoPolls polls = twoPolls(run, 1);
    List<Rec> read = ofKey(polls.before(), polls.key());
    Rec first = ofKey(polls.after(), polls.key()).get(0);
    for (Poll poll : polls.after().polls()) {
      int at = poll.records.indexOf(first);
      if (at >= 0) {
        poll.records.add(at, read.get(read.size() - 1));
        break;
      }
    }
    assertOnly(run, AnomalyKind.NONMONOTONIC_POLL, polls.before(), polls.after());
  }

  @Property(tries = 60)
  void membersOfGroupsMayDoThat(@ForAll long seed) {
    KafkaRun run = run(seed);
    TwoPolls polls = twoPolls(run, 2);
    Rec first = ofKey(polls.after(), polls.key()).get(0);
    polls.after().polls().forEach(poll -> poll.records.remove(first));
    String edn = run.edn().replace(":f :assign", ":f :subscribe");
    Verdict verdict =
        new KafkaJudge(null, () -> Budget.UNLIMITED).judge(KafkaRun.read(edn.getBytes()));
    assertEquals(Map.of(), verdict.counts());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(each -> each.statistics().containsKey("allowed.poll-skip")));
  }

  // ---- sends

  @Property(tries = 60)
  @Injects(AnomalyKind.INT_NONMONOTONIC_SEND)
  void sendsOfAnOperationTheOtherWayRound(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op op =
        find(
            run,
            each -> each.sends().size() == 2 && each.sends().get(0).key == each.sends().get(1).key);
    swap(op.sends().get(0), op.sends().get(1));
    assertFound(run, AnomalyKind.INT_NONMONOTONIC_SEND, op);
  }

  @Property(tries = 60)
  void sendsOfTwoOperationsTheOtherWayRound(@ForAll long seed) {
    KafkaRun run = run(seed);
    for (Op one : run.ops) {
      for (Op other : run.ops) {
        boolean candidates =
            one.ok() && other.ok() && one.process == other.process && one.index < other.index;
        if (candidates && one.sends().size() == 1 && other.sends().size() == 1) {
          Send first = one.sends().get(0);
          Send second = other.sends().get(0);
          boolean next =
              run.ops.stream()
                  .filter(op -> op.process == one.process && op.index > one.index)
                  .filter(op -> op.completes() && op.index < other.index)
                  .noneMatch(op -> op.sends().stream().anyMatch(s -> s.key == first.key));
          if (first.key == second.key && next) {
            swap(first, second);
            assertFound(run, AnomalyKind.NONMONOTONIC_SEND, one, other);
            return;
          }
        }
      }
    }
    Assume.that(false);
  }

  private static void swap(Send one, Send other) {
    long value = one.value;
    Long offset = one.offset;
    one.value = other.value;
    one.offset = other.offset;
    other.value = value;
    other.offset = offset;
  }
}
