package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which types groups were seen while they had members (classic, or consumer: KIP-848). Says
 * {@code unknown} where the rules ask for types, one after the other, that a group was not seen in:
 * such a run does not tell how a group moves from one to the other.
 */
final class GroupTypeChecker extends FamilyChecker {

  GroupTypeChecker() {
    super("group-types");
  }

  /** The types one after the other, and how often members of both protocols were seen at once. */
  private static final class Seen {
    private final List<String> types = new ArrayList<>();
    private long mixed;

    void add(Described told) {
      if (told.classicMembers() + told.consumerMembers() == 0) {
        return;
      }
      if (types.isEmpty() || !types.get(types.size() - 1).equals(told.type())) {
        types.add(told.type());
      }
      mixed += told.classicMembers() > 0 && told.consumerMembers() > 0 ? 1 : 0;
    }
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Map<String, Seen> byGroup = new TreeMap<>();
    report.over("descriptions of groups", evidence.descriptions().size());
    for (Operation each : evidence.descriptions()) {
      report.step();
      if (each.stage() == Stage.OK && each.action() instanceof Described told) {
        byGroup.computeIfAbsent(told.group(), group -> new Seen()).add(told);
      }
    }
    byGroup.forEach(
        (group, seen) -> {
          report.set("type-changes." + group, Math.max(0, seen.types.size() - 1));
          report.set("seen-with-both-protocols." + group, seen.mixed);
        });
    List<String> wanted = evidence.rules().groupTypes();
    for (String group : evidence.rules().groups()) {
      List<String> types = byGroup.getOrDefault(group, new Seen()).types;
      if (!inOrder(wanted, types)) {
        report.unknown(
            "group "
                + group
                + " was seen as "
                + (types.isEmpty() ? "nothing" : String.join(", then ", types))
                + "; "
                + String.join(", then ", wanted)
                + " is needed for a verdict");
      }
    }
  }

  private static boolean inOrder(List<String> wanted, List<String> types) {
    int found = 0;
    for (String type : types) {
      if (found < wanted.size() && wanted.get(found).equals(type)) {
        found++;
      }
    }
    return found == wanted.size();
  }
}
