package dev.trial.checkers.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A serial store is never accused; one lie in its history always is, by name. */
class SerialStoreTest {
  private static final int TRANSACTIONS = 300;

  private static AppendHistory history(long seed, int processes) {
    return new SerialStore(seed, processes, 4, 12).history(TRANSACTIONS);
  }

  @Property(tries = 400)
  void aSerialStoreIsNeverAccused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int processes) {
    AppendVerdict verdict = ListAppend.check(history(seed, processes));
    assertTrue(verdict.valid(), () -> verdict.anomalies().toString());
  }

  /** A lie: what to change, and the kinds that must be told, one of them at least. */
  private record Lie(AppendHistory history, int liar, List<String> kinds) {}

  @Property(tries = 300)
  void aValueOfAnAbortedTransactionIsFound(@ForAll long seed) {
    AppendHistory honest = history(seed, 8);
    Random random = new Random(seed);
    int reader = pick(honest, random, (each, read) -> read.list().length > 0);
    Read read = firstRead(honest, reader, any -> any.list().length > 0);
    int writer = writerOf(honest, read.list()[random.nextInt(read.list().length)]);
    Transaction was = honest.transactions().get(writer);
    Assume.that(was.committed() && readersApart(honest, writer));
    Transaction aborted =
        new Transaction(
            was.process(), Stage.FAIL, was.invoked(), was.completed(), was.named(), was.ops());
    told(new Lie(with(honest, writer, aborted), writer, List.of("G1a")));
  }

  /** Some other committed transaction read what this one wrote. */
  private static boolean readersApart(AppendHistory history, int writer) {
    for (int number = 0; number < history.transactions().size(); number++) {
      Transaction each = history.transactions().get(number);
      for (MicroOp op : each.ops()) {
        boolean other = number != writer && each.committed();
        if (other && op instanceof Read read) {
          if (Arrays.stream(read.list()).anyMatch(v -> writerOf(history, v) == writer)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Property(tries = 300)
  void anElementThatStandsTwiceIsFound(@ForAll long seed) {
    lie(
        seed,
        list -> list.length > 0,
        list -> {
          long[] longer = Arrays.copyOf(list, list.length + 1);
          longer[list.length] = list[0];
          return longer;
        },
        "duplicate-elements");
  }

  @Property(tries = 300)
  void anElementThatNobodyAppendedIsFound(@ForAll long seed) {
    lie(
        seed,
        list -> list.length > 0,
        list -> {
          long[] changed = list.clone();
          changed[changed.length / 2] = 999_999_999;
          return changed;
        },
        "phantom");
  }

  @Property(tries = 300)
  void elementsInAnotherOrderAreFound(@ForAll long seed) {
    lie(
        seed,
        list -> list.length > 2,
        list -> {
          long[] changed = list.clone();
          changed[0] = list[1];
          changed[1] = list[0];
          return changed;
        },
        "incompatible-order",
        "internal");
  }

  private interface ListTest {
    boolean fits(long[] list);
  }

  private interface ListChange {
    long[] of(long[] list);
  }

  private static void lie(long seed, ListTest test, ListChange change, String... kinds) {
    AppendHistory honest = history(seed, 8);
    int liar =
        pick(
            honest,
            new Random(seed),
            (each, read) -> test.fits(read.list()) && others(honest, read));
    Assume.that(liar >= 0);
    Read read = firstRead(honest, liar, any -> test.fits(any.list()) && others(honest, any));
    Transaction changed = withRead(honest.transactions().get(liar), read, change.of(read.list()));
    told(new Lie(with(honest, liar, changed), liar, List.of(kinds)));
  }

  /** Two others read the same list with at least two values: what it was is known. */
  private static boolean others(AppendHistory history, Read read) {
    return history.transactions().stream()
            .filter(Transaction::committed)
            .flatMap(each -> each.ops().stream())
            .filter(op -> op instanceof Read other && other.key() == read.key())
            .filter(op -> ((Read) op).list().length >= Math.max(2, read.list().length))
            .count()
        >= 3;
  }

  /** It misses what was acknowledged before it began. */
  @Property(tries = 500)
  void aReadOfThePastIsFound(@ForAll long seed) {
    AppendHistory honest = history(seed, 8);
    int liar = pick(honest, new Random(seed), (each, read) -> missable(honest, each, read));
    Assume.that(liar >= 0);
    Transaction was = honest.transactions().get(liar);
    Read read = firstRead(honest, liar, any -> missable(honest, was, any));
    int last = read.list().length - 1;
    int writer = writerOf(honest, read.list()[last]);
    int kept = last;
    while (kept > 0 && writerOf(honest, read.list()[kept - 1]) == writer) {
      kept--;
    }
    Transaction changed = withRead(was, read, Arrays.copyOf(read.list(), kept));
    AppendVerdict verdict = ListAppend.check(with(honest, liar, changed));
    assertTrue(
        verdict.anomalies().stream()
            .anyMatch(
                each ->
                    each.operations().contains(was.named())
                        && each.operations().contains(honest.transactions().get(writer).named())),
        () -> was + " missed " + writer + ": " + verdict);
  }

  /** The only read of the list in a transaction that does not append to it; others read on. */
  private static boolean missable(AppendHistory history, Transaction reader, Read read) {
    boolean alone =
        reader.ops().stream().filter(op -> op.key() == read.key()).count() == 1
            && read.list().length > 0;
    if (!alone) {
      return false;
    }
    int writer = writerOf(history, read.list()[read.list().length - 1]);
    return history.transactions().get(writer).committed()
        && history.transactions().get(writer).completed() < reader.invoked();
  }

  /** An acknowledged append that no read shows. */
  @Property(tries = 500)
  void aLostAppendIsFound(@ForAll long seed) {
    AppendHistory honest = history(seed, 8);
    int reader = pick(honest, new Random(seed), (each, read) -> missable(honest, each, read));
    Assume.that(reader >= 0);
    Transaction was = honest.transactions().get(reader);
    Read read = firstRead(honest, reader, any -> missable(honest, was, any));
    long lost = read.list()[read.list().length - 1];
    int writer = writerOf(honest, lost);
    AppendHistory history = honest;
    for (int number = 0; number < honest.transactions().size(); number++) {
      history = with(history, number, without(honest.transactions().get(number), lost));
    }
    AppendVerdict verdict = ListAppend.check(history);
    long named = honest.transactions().get(writer).named();
    assertTrue(
        verdict.anomalies().stream().anyMatch(each -> each.operations().contains(named)),
        () -> lost + " of T" + named + ": " + verdict);
  }

  private static Transaction without(Transaction transaction, long value) {
    Transaction changed = transaction;
    for (MicroOp op : transaction.ops()) {
      if (op instanceof Read read && read.list() != null) {
        changed =
            withRead(
                changed, read, Arrays.stream(read.list()).filter(each -> each != value).toArray());
      }
    }
    return changed;
  }

  // ---- picking and changing

  private interface ReadTest {
    boolean fits(Transaction transaction, Read read);
  }

  private interface OneRead {
    boolean fits(Read read);
  }

  private static int pick(AppendHistory history, Random random, ReadTest test) {
    List<Integer> fitting = new ArrayList<>();
    for (int number = 0; number < history.transactions().size(); number++) {
      Transaction each = history.transactions().get(number);
      boolean fits =
          each.committed()
              && each.ops().stream().anyMatch(op -> op instanceof Read r && test.fits(each, r));
      if (fits) {
        fitting.add(number);
      }
    }
    return fitting.isEmpty() ? -1 : fitting.get(random.nextInt(fitting.size()));
  }

  private static Read firstRead(AppendHistory history, int transaction, OneRead test) {
    return history.transactions().get(transaction).ops().stream()
        .filter(Read.class::isInstance)
        .map(Read.class::cast)
        .filter(test::fits)
        .findFirst()
        .orElseThrow();
  }

  private static int writerOf(AppendHistory history, long value) {
    ToLongFunction<MicroOp> appended = op -> op instanceof Append append ? append.value() : -1;
    for (int number = 0; number < history.transactions().size(); number++) {
      if (history.transactions().get(number).ops().stream()
          .anyMatch(op -> appended.applyAsLong(op) == value)) {
        return number;
      }
    }
    throw new IllegalStateException("nobody appended " + value);
  }

  private static AppendHistory with(AppendHistory history, int number, Transaction changed) {
    List<Transaction> transactions = new ArrayList<>(history.transactions());
    transactions.set(number, changed);
    return new AppendHistory(transactions, history.keys());
  }

  private static Transaction withRead(Transaction transaction, Read read, long[] list) {
    List<MicroOp> ops = new ArrayList<>();
    for (MicroOp op : transaction.ops()) {
      ops.add(op == read ? new Read(read.key(), list) : op);
    }
    return new Transaction(
        transaction.process(),
        transaction.stage(),
        transaction.invoked(),
        transaction.completed(),
        transaction.named(),
        ops);
  }

  private static void told(Lie lie) {
    AppendVerdict verdict = ListAppend.check(lie.history());
    long named = lie.history().transactions().get(lie.liar()).named();
    boolean told =
        verdict.anomalies().stream()
            .anyMatch(
                each ->
                    lie.kinds().contains(each.kind())
                        && each.operations().contains(named)
                        && each.sentences().stream().anyMatch(s -> s.contains("T" + named)));
    assertTrue(told, () -> lie.kinds() + " of T" + named + ": " + verdict);
    assertEquals(false, verdict.valid());
  }
}
