package dev.trial.checkers.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.checkers.foreign.AppendLog;
import dev.trial.core.history.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Registers of a serial store are never accused; one wrong read of them is. */
class RwRegisterTest {

  // ---- a store that runs one transaction after the other

  /** The histories of lists tell what registers would have shown: the last value of the list. */
  private static AppendHistory registers(AppendHistory lists) {
    List<Transaction> transactions = new ArrayList<>();
    for (Transaction each : lists.transactions()) {
      List<MicroOp> ops = each.ops().stream().map(RwRegisterTest::last).toList();
      transactions.add(
          new Transaction(
              each.process(), each.stage(), each.invoked(), each.completed(), each.named(), ops));
    }
    return new AppendHistory(transactions, lists.keys());
  }

  private static MicroOp last(MicroOp op) {
    if (op instanceof Read read && read.list() != null && read.list().length > 1) {
      return new Read(read.key(), new long[] {read.list()[read.list().length - 1]});
    }
    return op;
  }

  private static AppendHistory serial(long seed) {
    return registers(new SerialStore(seed, 5, 3, 12).history(150));
  }

  @Property(tries = 300)
  void aSerialStoreIsNeverAccused(@ForAll long seed) {
    AppendVerdict verdict = RwRegister.check(serial(seed));
    assertEquals(List.of(), verdict.anomalies());
    assertTrue(verdict.valid());
  }

  /** The same history, but a transaction read another value. */
  private static AppendHistory lie(AppendHistory history, int number, int at, long value) {
    List<Transaction> transactions = new ArrayList<>(history.transactions());
    Transaction old = transactions.get(number);
    List<MicroOp> ops = new ArrayList<>(old.ops());
    ops.set(at, new Read(ops.get(at).key(), new long[] {value}));
    transactions.set(
        number,
        new Transaction(
            old.process(), old.stage(), old.invoked(), old.completed(), old.named(), ops));
    return new AppendHistory(transactions, history.keys());
  }

  /** A reader that begins after two writers are over, the second after the first, and reads it. */
  @Property(tries = 60)
  void aReadOfThePastIsFound(@ForAll long seed) {
    AppendHistory history = serial(seed);
    List<Transaction> all = history.transactions();
    for (int reader = all.size() - 1; reader >= 0; reader--) {
      Transaction third = all.get(reader);
      if (!third.committed() || third.ops().size() != 1 || !(third.ops().get(0) instanceof Read)) {
        continue;
      }
      int key = third.ops().get(0).key();
      Transaction second = writerBefore(all, key, third.invoked());
      Transaction first = second == null ? null : writerBefore(all, key, second.invoked());
      if (first == null) {
        continue;
      }
      AppendVerdict verdict = RwRegister.check(lie(history, reader, 0, lastWrite(first, key)));
      assertFalse(verdict.anomalies().isEmpty());
      assertTrue(
          verdict.anomalies().stream().anyMatch(a -> a.operations().contains(third.named())),
          verdict::toString);
      verdict.anomalies().forEach(RwRegisterTest::assertWorded);
      return;
    }
    Assume.that(false);
  }

  private static void assertWorded(AppendAnomaly anomaly) {
    for (String each : anomaly.sentences()) {
      assertTrue(each.endsWith("."), each);
    }
  }

  private static Transaction writerBefore(List<Transaction> all, int key, long time) {
    Transaction found = null;
    for (Transaction each : all) {
      boolean before = each.committed() && each.completed() < time && lastWrite(each, key) >= 0;
      found = before && (found == null || each.invoked() > found.invoked()) ? each : found;
    }
    return found;
  }

  private static long lastWrite(Transaction transaction, int key) {
    long last = -1;
    for (MicroOp op : transaction.ops()) {
      last = op.key() == key && op instanceof Append write ? write.value() : last;
    }
    return last;
  }

  @Property(tries = 60)
  void aValueOfAnAbortedTransactionIsFound(@ForAll long seed) {
    AppendHistory history = serial(seed);
    List<Transaction> all = history.transactions();
    for (int i = 0; i < all.size(); i++) {
      for (Transaction aborted : all) {
        if (all.get(i).committed()
            && all.get(i).ops().get(0) instanceof Read read
            && aborted.stage() == Stage.FAIL
            && lastWrite(aborted, read.key()) >= 0) {
          long value = lastWrite(aborted, read.key());
          Set<String> kinds = kinds(lie(history, i, 0, value));
          assertTrue(kinds.contains("G1a"), kinds::toString);
          return;
        }
      }
    }
    Assume.that(false);
  }

  private static Set<String> kinds(AppendHistory history) {
    return RwRegister.check(history).anomalies().stream()
        .map(AppendAnomaly::kind)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // ---- by hand

  private static AppendHistory read(String... lines) throws IOException {
    String log = String.join("\n", lines);
    return AppendLog.readRegisters(new BufferedReader(new StringReader(log)));
  }

  /** Transactions of processes of their own, all under way at once. */
  private static AppendHistory atOnce(String... transactions) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < transactions.length; i++) {
      lines.add(line("invoke", i, transactions[i]));
    }
    for (int i = 0; i < transactions.length; i++) {
      lines.add(line("ok", i, transactions[i]));
    }
    return read(lines.toArray(String[]::new));
  }

  private static AppendHistory inTurn(String... transactions) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < transactions.length; i++) {
      lines.add(line("invoke", i, transactions[i]));
      lines.add(line("ok", i, transactions[i]));
    }
    return read(lines.toArray(String[]::new));
  }

  private static String line(String type, int process, String ops) {
    return "{:type :" + type + " :f :txn :process " + process + " :value [" + ops + "]}";
  }

  @Test
  void informationInACircleIsG1c() throws IOException {
    assertEquals(Set.of("G1c"), kinds(atOnce("[:w x 1] [:r y 2]", "[:w y 2] [:r x 1]")));
  }

  @Test
  void readSkewIsGSingle() throws IOException {
    AppendHistory history = atOnce("[:w x 1] [:w y 1]", "[:r x 1] [:r y nil]", "[:r x 1] [:r y 1]");
    assertEquals(Set.of("G-single"), kinds(history));
    assertEquals(
        List.of(
            "T4 read register x as 1, which T3 wrote: T3 before T4.",
            "T4 found nothing written to register y, without 1 that T3 wrote: T4 before T3."),
        RwRegister.check(history).anomalies().get(0).sentences());
  }

  @Test
  void writeSkewIsG2() throws IOException {
    assertEquals(Set.of("G2-item"), kinds(atOnce("[:r x nil] [:w y 1]", "[:r y nil] [:w x 1]")));
  }

  @Test
  void bothOfTwoUpdatesOfOneVersion() throws IOException {
    Set<String> kinds = kinds(inTurnThen(2, "[:w x 1]", "[:r x 1] [:w x 2]", "[:r x 1] [:w x 3]"));
    assertEquals(Set.of("G2-item", "lost-update"), kinds);
  }

  /** The first in turn, then the others at once. */
  private static AppendHistory inTurnThen(int others, String... transactions) throws IOException {
    List<String> lines = new ArrayList<>();
    int first = transactions.length - others;
    for (int i = 0; i < first; i++) {
      lines.add(line("invoke", i, transactions[i]));
      lines.add(line("ok", i, transactions[i]));
    }
    for (int i = first; i < transactions.length; i++) {
      lines.add(line("invoke", i, transactions[i]));
    }
    for (int i = first; i < transactions.length; i++) {
      lines.add(line("ok", i, transactions[i]));
    }
    return read(lines.toArray(String[]::new));
  }

  @Test
  void aStaleReadNeedsRealTime() throws IOException {
    AppendHistory history = inTurn("[:w x 1]", "[:w x 2]", "[:r x 1]");
    assertEquals(Set.of("cyclic-versions-realtime"), kinds(history));
    assertEquals(
        List.of(
            "T1 had left 1 and was over before T3 began, which wrote 2: 1 before 2 in register x.",
            "T3 had left 2 and was over before T5 began, which read 1: 2 before 1 in register x."),
        RwRegister.check(history).anomalies().get(0).sentences());
  }

  @Test
  void transactionsContradictThemselves() throws IOException {
    assertEquals(Set.of("internal"), kinds(inTurn("[:w x 1] [:r x nil]")));
    assertEquals(Set.of("internal", "G-single"), kinds(atOnce("[:w x 1]", "[:r x nil] [:r x 1]")));
  }

  @Test
  void statesInTheMiddleOfATransactionAreG1b() throws IOException {
    assertTrue(kinds(atOnce("[:w x 1] [:w x 2]", "[:r x 1]")).contains("G1b"));
  }

  @Test
  void whatNobodyWroteIsAPhantom() throws IOException {
    assertEquals(Set.of("phantom"), kinds(inTurn("[:w x 1]", "[:r x 7]")));
  }
}
