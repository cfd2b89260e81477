package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.RESURRECTED;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.fault.Fault;
import dev.trial.core.verdict.Cause;
import java.util.List;

/** A topic that was deleted and made again shows nothing of what was stored before. */
final class RecreationChecker extends FamilyChecker {

  RecreationChecker() {
    super("topic-life", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("faults", evidence.faults().size());
    for (FaultWindow window : evidence.faults()) {
      report.step();
      if (window.fault().fault().fault() instanceof Fault.TopicRecreation again) {
        report.count("topics-made-again");
        resurrected(evidence, report, window, again.topic());
      }
    }
  }

  private static void resurrected(
      Evidence evidence, Report report, FaultWindow deletion, String topic) {
    for (SendFact send : evidence.sends()) {
      report.cost(1);
      boolean before = send.acknowledged() && send.completed() < deletion.index();
      if (!before || send.partition() < 0 || send.again() != null) {
        continue;
      }
      LogView log = evidence.log(send.partition());
      boolean reborn =
          log.proven() && log.reborn() != null && log.reborn().index() > deletion.index();
      if (reborn && log.id().topic().equals(topic) && log.contains(send.value())) {
        long offset = log.offsetOf(send.value());
        report.add(
            RESURRECTED,
            log.id(),
            List.of(send.completed(), deletion.index(), log.reborn().index(), log.witness(offset)),
            List.of(send.value()),
            List.of(offset),
            Cause.UNEXPLAINED,
            Sentences.capital(Sentences.value(send.value(), send.key()))
                + " was acknowledged before the topic was deleted, and lies in the one made again"
                + " at "
                + Sentences.at(log, offset)
                + ".");
      }
    }
  }
}
