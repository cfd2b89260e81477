package dev.trial.app.command;

import dev.trial.checkers.Judge;
import dev.trial.checkers.foreign.Format;
import dev.trial.checkers.jepsen.KafkaJudge;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.verdict.Checker;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code --checkers} can name: those who judge histories of a form. */
final class CheckerNames implements Iterable<String> {
  private final Format form;

  /** Those of our own histories, for the help. */
  CheckerNames() {
    this(Format.TRIAL);
  }

  CheckerNames(Format form) {
    this.form = form;
  }

  @Override
  public Iterator<String> iterator() {
    return known().iterator();
  }

  /** Those that were typed, in the order of reports; empty stands for all. */
  Set<String> chosen(List<String> typed) {
    List<String> known = known();
    if (known.isEmpty() && !typed.isEmpty()) {
      throw new UsageException(
          "--checkers: a history of the form " + form.id() + " has one checker, which is asked");
    }
    for (String each : typed) {
      if (!known.contains(each)) {
        throw new UsageException(Nearest.explain("checker", each, known));
      }
    }
    Set<String> chosen = new LinkedHashSet<>(known);
    chosen.retainAll(typed);
    return chosen;
  }

  private List<String> known() {
    return switch (form) {
      case TRIAL -> Judge.checkers().stream().map(Checker::id).toList();
      case JEPSEN_KAFKA -> KafkaJudge.ids();
      case REGISTER_LOG, KEY_VALUE_LOG, LIST_APPEND, RW_REGISTER -> List.of();
    };
  }
}
