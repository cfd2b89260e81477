package dev.trial.core.history;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary histories: every action, with texts and numbers of every kind. */
final class Histories {

  private static final Arbitrary<String> TEXT =
      Arbitraries.oneOf(
          Arbitraries.strings().all().ofMaxLength(12),
          Arbitraries.of("\uD800", "\"\\\n", "😀é\u0000"));
  private static final Arbitrary<String> MAYBE = TEXT.injectNull(0.3);
  private static final Arbitrary<Long> NUMBER = Arbitraries.longs();
  private static final Arbitrary<Integer> WHOLE = Arbitraries.integers();

  /** What faults are made of is never negative. */
  private static final Arbitrary<Long> AMOUNT = Arbitraries.longs().greaterOrEqual(0);

  private static final Arbitrary<Integer> COUNT = Arbitraries.integers().greaterOrEqual(0);
  private static final Arbitrary<String> NAME =
      TEXT.filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
  private static final Arbitrary<PartitionId> PARTITION =
      Combinators.combine(NAME, COUNT).as(PartitionId::new);
  private static final Arbitrary<Map<PartitionId, Long>> OFFSETS =
      Arbitraries.maps(PARTITION, NUMBER).ofMaxSize(4);

  private Histories() {}

  static Arbitrary<History> any() {
    Arbitrary<Operation> operation =
        Combinators.combine(NUMBER, WHOLE, Arbitraries.of(Stage.class), NUMBER, action())
            .as(
                (time, process, stage, of, action) ->
                    new Operation(0, time, process, stage, of, action));
    return operation.list().ofMaxSize(30).map(Histories::numbered);
  }

  /** A record that was written is in some partition. */
  private static Stage reached(Stage stage, Action action) {
    boolean nowhere = action instanceof Action.Send send && send.partition() < 0;
    return nowhere && stage == Stage.OK ? Stage.INFO : stage;
  }

  private static History numbered(List<Operation> operations) {
    List<Operation> numbered = new ArrayList<>();
    for (Operation each : operations) {
      int asked = (int) Math.floorMod(each.invocation(), numbered.size() + 1L) - 1;
      boolean answers = asked >= 0 && numbered.get(asked).stage() == Stage.INVOKE;
      numbered.add(
          answers ? answer(each, numbered.get(asked), numbered.size()) : fact(each, numbered));
    }
    return new History(numbered);
  }

  /** What one process asked comes back to it, and not before. */
  private static Operation answer(Operation drawn, Operation asked, int index) {
    Action action = asked.action();
    Stage stage = drawn.stage() == Stage.INVOKE ? Stage.FAIL : reached(drawn.stage(), action);
    long timeNs = Math.max(drawn.timeNs(), asked.timeNs());
    return new Operation(index, timeNs, asked.process(), stage, asked.index(), action);
  }

  /** Answers nothing; sends and what goes with them are invoked, at least. */
  private static Operation fact(Operation drawn, List<Operation> before) {
    Action action = drawn.action();
    boolean asked = action instanceof Action.Send || action instanceof Action.Producing;
    Stage stage = asked ? Stage.INVOKE : drawn.stage();
    return new Operation(before.size(), drawn.timeNs(), drawn.process(), stage, -1, action);
  }

  static Arbitrary<Action> action() {
    return Arbitraries.oneOf(
        List.of(
            Combinators.combine(
                    NUMBER,
                    MAYBE,
                    TEXT,
                    Arbitraries.integers().greaterOrEqual(-1),
                    NUMBER,
                    MAYBE,
                    Arbitraries.of(true, false))
                .as(Action.Send::new),
            Combinators.combine(
                    Combinators.combine(PARTITION, NUMBER, NUMBER, MAYBE, MAYBE)
                        .as(Delivered::new)
                        .list()
                        .ofMaxSize(5),
                    MAYBE)
                .as(Action.Poll::new),
            Combinators.combine(PARTITION, NUMBER, NUMBER, MAYBE).as(Action.Process::new),
            Combinators.combine(
                    TEXT,
                    WHOLE,
                    Arbitraries.of(Action.Start.Kind.class),
                    Arbitraries.maps(NAME, TEXT).ofMaxSize(3))
                .as(Action.Start::new),
            Combinators.combine(Arbitraries.of(Action.End.How.class), MAYBE).as(Action.End::new),
            Combinators.combine(Arbitraries.of(Action.Producing.Call.class), MAYBE, MAYBE)
                .as(Action.Producing::new),
            Combinators.combine(TEXT, Arbitraries.of(Action.Commit.Mode.class), OFFSETS, MAYBE)
                .as(Action.Commit::new),
            Combinators.combine(TEXT, OFFSETS, MAYBE).as(Action.Committed::new),
            Combinators.combine(TEXT, MAYBE, MAYBE, WHOLE, WHOLE, MAYBE).as(Action.Described::new),
            Combinators.combine(MAYBE, TEXT.list().ofMaxSize(3), PARTITION.list().ofMaxSize(3))
                .as(Action.Subscribe::new),
            Combinators.combine(
                    TEXT,
                    Arbitraries.of(Action.Rebalance.Change.class),
                    PARTITION.list().ofMaxSize(3),
                    WHOLE,
                    MAYBE)
                .as(Action.Rebalance::new),
            Combinators.combine(PARTITION, NUMBER, MAYBE).as(Action.Seek::new),
            Combinators.combine(OFFSETS, OFFSETS, MAYBE).as(Action.Ends::new),
            Combinators.combine(PARTITION, NUMBER, NUMBER, NUMBER, MAYBE).as(Action.Lookup::new),
            Combinators.combine(
                    PARTITION,
                    Arbitraries.of(Action.Stamps.Source.class),
                    Arbitraries.of(true, false),
                    Combinators.combine(NUMBER, NUMBER).as(Stamp::new).list().ofMaxSize(4))
                .as(Action.Stamps::new),
            MAYBE.map(Action.Close::new),
            Arbitraries.of(Action.Phase.Name.class).map(Action.Phase::new),
            Combinators.combine(
                    scheduled(),
                    TEXT.list().ofMaxSize(3),
                    Arbitraries.of(Action.Nemesis.Edge.class),
                    MAYBE)
                .as(Action.Nemesis::new),
            Combinators.combine(
                    PARTITION,
                    WHOLE,
                    WHOLE,
                    WHOLE.list().ofMaxSize(3),
                    Arbitraries.of(Action.Leadership.Election.class))
                .as(Action.Leadership::new),
            Combinators.combine(TEXT, Arbitraries.of(Action.Node.Change.class))
                .as(Action.Node::new),
            replicaLog(),
            Combinators.combine(TEXT, MAYBE, MAYBE).as(Action.Oracle::new),
            MAYBE.map(Action.Note::new)));
  }

  private static Arbitrary<Action.ReplicaLog> replicaLog() {
    Arbitrary<List<EpochStart>> epochs =
        Combinators.combine(WHOLE, NUMBER).as(EpochStart::new).list().ofMaxSize(3);
    Arbitrary<List<Logged>> records =
        Combinators.combine(NUMBER, WHOLE, NUMBER, Arbitraries.of(true, false))
            .as(Logged::new)
            .list()
            .ofMaxSize(5);
    return Combinators.combine(
            PARTITION, WHOLE, Arbitraries.of(true, false), NUMBER, NUMBER, NUMBER, epochs, records)
        .as(Action.ReplicaLog::new);
  }

  private static Arbitrary<ScheduledFault> scheduled() {
    return Combinators.combine(AMOUNT, AMOUNT, fault(), role()).as(ScheduledFault::new);
  }

  private static Arbitrary<Fault> fault() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of(
                new Fault.Kill(),
                new Fault.Stop(),
                new Fault.Pause(),
                new Fault.PowerLoss(),
                new Fault.Halves(),
                new Fault.Reset()),
            Combinators.combine(
                    Arbitraries.of(Fault.Side.class), Arbitraries.of(Fault.Direction.class))
                .as(Fault.Partition::new),
            Combinators.combine(AMOUNT, AMOUNT).as(Fault.Latency::new),
            COUNT.map(Fault.Freeze::new),
            Combinators.combine(TEXT, COUNT).as(Fault.DropAnswer::new),
            Combinators.combine(TEXT, AMOUNT, COUNT).as(Fault.DelayAnswer::new),
            Combinators.combine(TEXT, AMOUNT, COUNT).as(Fault.DelayRequest::new),
            Combinators.combine(TEXT, TEXT, COUNT).as(Fault.Refuse::new),
            Combinators.combine(TEXT, COUNT).as(Fault.UncleanElection::new),
            Combinators.combine(TEXT, COUNT).as(Fault.PartitionIncrease::new),
            Combinators.combine(TEXT, COUNT).as(Fault.RecordDeletion::new),
            TEXT.map(Fault.TopicRecreation::new),
            Combinators.combine(TEXT, COUNT).as(Fault.Reassignment::new),
            Combinators.combine(AMOUNT, AMOUNT).as(Fault.SlowDisk::new),
            Arbitraries.longs().between(-90_000, 90_000).map(Fault.ClockSkew::new),
            Arbitraries.longs().between(-90_000, 90_000).map(Fault.ClockJump::new),
            Arbitraries.longs().between(-90_000, 90_000).map(Fault.ClockDrift::new),
            Arbitraries.of(new Fault.DiskFailure(), new Fault.BitFlip(), new Fault.DiskLoss())));
  }

  private static Arbitrary<Role> role() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of(new Role.Controller(), new Role.AllBrokers(), new Role.AllClients()),
            Combinators.combine(TEXT, COUNT).as(Role.Leader::new),
            Combinators.combine(TEXT, COUNT, Arbitraries.of(true, false)).as(Role.Follower::new),
            Combinators.combine(TEXT, COUNT).as(Role.Followers::new),
            Combinators.combine(TEXT, COUNT).as(Role.LoneLeader::new),
            Combinators.combine(TEXT, COUNT).as(Role.InSyncReplicas::new),
            TEXT.map(Role.GroupCoordinator::new),
            TEXT.map(Role.TransactionCoordinator::new),
            TEXT.map(Role.Client::new),
            COUNT.map(Role.Broker::new)));
  }
}
