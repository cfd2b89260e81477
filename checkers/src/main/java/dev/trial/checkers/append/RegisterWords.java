package dev.trial.checkers.append;

import dev.trial.checkers.append.RegisterFacts.Step;
import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.TimeOrder;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/** How what is known of one register is said. */
final class RegisterWords {
  private final RegisterFacts register;
  private final Findings findings;
  private final int key;

  RegisterWords(RegisterFacts register, Findings findings, int key) {
    this.register = register;
    this.findings = findings;
    this.key = key;
  }

  String name() {
    return findings.register(key);
  }

  String read(int reader, int version) {
    return findings.name(reader) + " read " + name() + " as " + register.text(version);
  }

  /** What shows that one version stands before another. */
  String shown(Step step) {
    String before = register.text(step.before());
    String after = register.text(step.after());
    if (!step.inTime()) {
      return findings.name(step.by()) + " read " + before + " and wrote " + after;
    }
    boolean wrote = register.writer(step.after()) == step.then();
    return findings.name(step.by())
        + " had left "
        + before
        + " and was over before "
        + findings.name(step.then())
        + (wrote ? " began, which wrote " : " began, which read ")
        + after;
  }

  /** Reports transactions that read the same version and both wrote: one did not see the other. */
  void lostUpdates() {
    Int2IntOpenHashMap firstByVersion = new Int2IntOpenHashMap();
    firstByVersion.defaultReturnValue(ListFacts.NOBODY);
    for (RegisterFacts.Update each : register.updates()) {
      int first = firstByVersion.putIfAbsent(each.version(), each.transaction());
      if (first != ListFacts.NOBODY && first != each.transaction()) {
        findings.add(
            "lost-update",
            "snapshot isolation",
            List.of(first, each.transaction()),
            findings.name(first)
                + " and "
                + findings.name(each.transaction())
                + " both read "
                + name()
                + " as "
                + register.text(each.version())
                + " and then wrote it: whichever came second had not seen the other.");
      }
    }
  }

  /** Reports versions that would have to stand before themselves. */
  void cyclic(Cycle cycle, List<Step> steps, TimeOrder order) {
    List<Integer> transactions = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < cycle.vertices().size(); i++) {
      int before = cycle.vertices().get(i);
      int after = cycle.after(i);
      String places =
          register.text(before) + " before " + register.text(after) + " in " + name() + ".";
      Step step = step(steps, before, after);
      if (step == null) {
        sentences.add("Before anything was written there was nil: " + places);
        continue;
      }
      sentences.add(shown(step) + ": " + places);
      for (int each : new int[] {step.by(), step.then()}) {
        if (!transactions.contains(each)) {
          transactions.add(each);
        }
      }
    }
    String model = order == TimeOrder.NONE ? "read committed" : "strict serializable";
    findings.add("cyclic-versions" + order.suffix(), model, transactions, sentences);
  }

  private static Step step(List<Step> steps, int before, int after) {
    for (Step each : steps) {
      if (each.before() == before && each.after() == after) {
        return each;
      }
    }
    return null;
  }
}
