package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.checkers.append.RegisterFacts.Touch;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through every transaction once: tells the registers what was done to them, and reports what
 * a transaction alone, or with the writer of what it read, proves to be wrong.
 */
final class RegisterIndex {
  private final AppendHistory history;
  private final Findings findings;
  private final List<RegisterFacts> registers = new ArrayList<>();

  RegisterIndex(AppendHistory history, Findings findings) {
    this.history = history;
    this.findings = findings;
  }

  /** What one transaction did to one register; looked up by key. */
  private static final class Course {
    private int first = ListFacts.NOBODY;
    private int last = ListFacts.NOBODY;
    private boolean wrote;
    private final IntArrayList readOfOthers = new IntArrayList();
  }

  /** The registers by key. */
  List<RegisterFacts> read() {
    history.keys().forEach(key -> registers.add(new RegisterFacts()));
    List<Transaction> transactions = history.transactions();
    for (int number = 0; number < transactions.size(); number++) {
      for (MicroOp op : transactions.get(number).ops()) {
        if (op instanceof Append write) {
          registers.get(op.key()).wrote(write.value(), number);
        }
      }
    }
    for (int number = 0; number < transactions.size(); number++) {
      transaction(number, transactions.get(number));
    }
    return registers;
  }

  private void transaction(int number, Transaction transaction) {
    Map<Integer, Course> courses = new HashMap<>(); // the order of keys is that of the steps
    List<Integer> keys = new ArrayList<>();
    for (MicroOp op : transaction.ops()) {
      if (!courses.containsKey(op.key())) {
        keys.add(op.key());
      }
      Course course = courses.computeIfAbsent(op.key(), key -> new Course());
      if (op instanceof Append write) {
        if (!course.wrote) {
          course.readOfOthers.forEach(version -> registers.get(op.key()).updated(version, number));
        }
        course.last = registers.get(op.key()).version(write.value());
        course.first = course.first < 0 ? course.last : course.first;
        course.wrote = true;
      } else if (op instanceof Read read && transaction.committed() && read.list() != null) {
        reading(number, read, course);
      }
    }
    for (int key : keys) {
      Course course = courses.get(key);
      if (!transaction.aborted() && course.last >= 0) {
        registers.get(key).touched(new Touch(number, course.first, course.last, course.wrote));
      }
    }
  }

  private void reading(int number, Read read, Course course) {
    RegisterFacts register = registers.get(read.key());
    int version =
        read.list().length == 0 ? RegisterFacts.UNWRITTEN : register.version(read.list()[0]);
    if (course.last == version || course.readOfOthers.contains(version)) {
      if (course.last != version) {
        contradiction(number, read.key(), version, course);
      }
      return;
    }
    boolean first = course.last < 0;
    if (first) {
      course.first = version;
      course.last = version;
    } else {
      contradiction(number, read.key(), version, course);
    }
    // A read that contradicts another was a read all the same; one of its own values tells nothing.
    boolean own = !first && register.writer(version) == number;
    if (!own && foreign(number, read.key(), version)) {
      register.read(version, number);
      course.readOfOthers.add(version);
    }
  }

  private void contradiction(int number, int key, int version, Course course) {
    RegisterFacts register = registers.get(key);
    findings.add(
        "internal",
        "read atomic",
        List.of(number),
        findings.name(number)
            + " read "
            + findings.register(key)
            + " as "
            + register.text(version)
            + ", but had "
            + (course.wrote ? "written " : "read ")
            + register.text(course.last)
            + " before, in the same transaction.");
  }

  /** True if the version is one that others may have left for it. */
  private boolean foreign(int number, int key, int version) {
    RegisterFacts register = registers.get(key);
    int writer = register.writer(version);
    if (version == RegisterFacts.UNWRITTEN) {
      return true;
    }
    String seen =
        findings.name(number) + " read " + findings.register(key) + " as " + register.text(version);
    if (writer == ListFacts.NOBODY) {
      findings.add(
          "phantom", "read uncommitted", List.of(number), seen + ", which nobody had written.");
      return false;
    }
    if (writer == number) {
      findings.add(
          "internal",
          "read atomic",
          List.of(number),
          seen + ", which it wrote only after, in the same transaction.");
      return false;
    }
    boolean aborted = history.transactions().get(writer).aborted();
    if (aborted) {
      findings.add(
          "G1a",
          "read committed",
          List.of(writer, number),
          seen + ", which " + findings.name(writer) + " wrote, and that was aborted.");
    } else if (lastWrite(writer, key) != version) {
      findings.add(
          "G1b",
          "read committed",
          List.of(writer, number),
          seen
              + ", which "
              + findings.name(writer)
              + " wrote over with "
              + register.text(lastWrite(writer, key))
              + " in the same transaction.");
    }
    return !aborted;
  }

  private int lastWrite(int transaction, int key) {
    int last = ListFacts.NOBODY;
    for (MicroOp op : history.transactions().get(transaction).ops()) {
      last =
          op.key() == key && op instanceof Append write
              ? registers.get(key).version(write.value())
              : last;
    }
    return last;
  }
}
