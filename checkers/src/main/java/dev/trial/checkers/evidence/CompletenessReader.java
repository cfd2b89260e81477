package dev.trial.checkers.evidence;

import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what a history lacks, once all of it is read but the logs are not built yet. */
final class CompletenessReader {
  private final Evidence evidence;
  private final Map<Part, String> lacks = new EnumMap<>(Part.class);
  private final BitSet underTest = new BitSet();
  private final BitSet dumped = new BitSet();
  private final BitSet readFinally = new BitSet();

  CompletenessReader(Evidence evidence) {
    this.evidence = evidence;
  }

  Completeness read(PhaseTrack phases) {
    lack(Part.RUN, phases.lack());
    processEnds();
    gatherUnderTest();
    replicaLogs();
    finalRead();
    return new Completeness(lacks, dumped);
  }

  /** The first thing that is wrong with a part is told; of a run that stopped, that it did. */
  private void lack(Part part, String what) {
    if (what != null) {
      lacks.putIfAbsent(part, lacks.getOrDefault(Part.RUN, what));
    }
  }

  // ---- processes

  /** Whoever is still there when the final read begins is killed: then each has an end. */
  private void processEnds() {
    long over = evidence.phase(Phase.Name.FINAL_READ);
    long done = evidence.phase(Phase.Name.DONE);
    for (ProcessFact each : evidence.processes()) {
      long due = each.finalReader() ? done : over;
      boolean client = each.id() != Operation.HARNESS;
      if (client && due >= 0 && each.begun() < due && each.ended() == null) {
        each.endMissing = true;
        lack(Part.PROCESS_ENDS, "the history does not tell how " + each.client() + " ended");
      }
    }
  }

  // ---- the final read

  private void finalRead() {
    boolean begun = evidence.processes().stream().anyMatch(ProcessFact::finalReader);
    boolean complete = evidence.processes().stream().anyMatch(ProcessFact::readAll);
    if (!complete) {
      lack(
          Part.FINAL_READ,
          begun ? "the final read is not complete" : "there is no final read in the history");
    }
    for (int partition = 0; partition < evidence.logs.size(); partition++) {
      if (underTest.get(partition) && !readFinally.get(partition) && !dumped.get(partition)) {
        lack(Part.FINAL_READ, "the final read leaves out " + evidence.log(partition).id());
      }
    }
  }

  // ---- replicas

  private void replicaLogs() {
    if (underTest.isEmpty()) {
      lack(Part.REPLICA_LOGS, "there is no log of a replica in the history");
    }
    for (int partition = 0; partition < evidence.logs.size(); partition++) {
      String lack = lackOf(evidence.log(partition));
      if (lack == null) {
        dumped.set(partition);
      } else if (underTest.get(partition)) {
        lack(Part.REPLICA_LOGS, lack);
      }
    }
  }

  /** What clients wrote to and read from, and what the final reader asked for. */
  private void gatherUnderTest() {
    for (SendFact each : evidence.sends) {
      if (each.partition >= 0) {
        underTest.set(each.partition);
      }
    }
    for (int row = 0; row < evidence.deliveries.size(); row++) {
      underTest.set(evidence.deliveries.partition(row));
    }
    for (Operation each : evidence.ends) {
      ProcessFact reader = evidence.process(each.process());
      if (reader.finalReader()) {
        ((Ends) each.action()).ends().keySet().forEach(told -> asked(reader, told));
      }
    }
  }

  private void asked(ProcessFact reader, PartitionId told) {
    int partition = evidence.number(told);
    underTest.set(partition);
    if (reader.readAll()) {
      readFinally.set(partition);
    }
  }

  /**
   * Which replica's log is not there, in words. A partition has as many replicas as it was created
   * with, in whatever brokers; who is in sync in the end must be among them.
   */
  private static String lackOf(LogView log) {
    if (log.replicas.isEmpty()) {
      return "there is no log of a replica of " + log.id() + " in the history";
    }
    Set<Integer> brokers = new HashSet<>(); // looked up and counted, never iterated
    for (ReplicaDump each : log.replicas) {
      brokers.add(each.log().broker());
    }
    List<Election> leaderships = log.leaderships;
    if (leaderships.isEmpty()) {
      return null;
    }
    for (int broker : leaderships.get(leaderships.size() - 1).inSyncReplicas()) {
      if (!brokers.contains(broker)) {
        return "the log of replica " + broker + " of " + log.id() + " is not in the history";
      }
    }
    int replicas = leaderships.get(0).inSyncReplicas().size();
    return brokers.size() >= replicas
        ? null
        : "only "
            + brokers.size()
            + " of "
            + replicas
            + " replicas' logs of "
            + log.id()
            + " are in the history";
  }
}
