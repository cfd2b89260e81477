package dev.trial.nemesis;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Links.Interference;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.world.World;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries out a fault schedule. One task calls {@link #run} for the load phase and then {@link
 * #healAll}; nothing here runs beside it, so the order of faults is (time, ends before begins,
 * place in the schedule) and a run is as deterministic as its world.
 *
 * <p>A role is resolved when its fault begins; the end undoes the fault for exactly those parties,
 * whoever has the role by then. A role that stands for nobody, or a party that cannot be hit, is
 * written to the history and never fails the run.
 */
public final class NemesisDriver {
  private static final long NANOS_PER_MS = 1_000_000L;
  private static final long ROLE_MS = 20_000;

  private final World world;
  private final Cluster cluster;
  private final Recorder recorder;
  private final RoleResolver roles;
  private final ProcessFaults processes;
  private final LinkFaults links;
  private final ClockFaults clocks;
  private final Map<Integer, Active> active = new TreeMap<>();

  public NemesisDriver(World world, Cluster cluster, ClientFaults clients, Recorder recorder) {
    this.world = world;
    this.cluster = cluster;
    this.recorder = recorder;
    Parties parties = new Parties(cluster, clients);
    roles = new RoleResolver(cluster, parties);
    processes = new ProcessFaults(parties);
    links = new LinkFaults(cluster.links(), parties);
    clocks = new ClockFaults(cluster);
  }

  /**
   * Carries out what begins or ends within {@code lengthMs} from now and returns when that time is
   * over. Faults that last longer stay until {@link #healAll}. Where a fault waits for its role,
   * all that follows is that much later.
   */
  public void run(List<ScheduledFault> schedule, long lengthMs) {
    long startNs = world.clock().nanos();
    for (Turn turn : turns(schedule)) {
      if (turn.atMs > lengthMs) {
        break;
      }
      sleepUntil(startNs + turn.atMs * NANOS_PER_MS);
      if (turn.ends) {
        end(turn.index);
      } else {
        startNs += awaitRole(schedule.get(turn.index).whom());
        begin(turn.index, schedule.get(turn.index));
      }
    }
    sleepUntil(startNs + lengthMs * NANOS_PER_MS);
  }

  /** Ends every fault, starts every node that is down and resumes everything. */
  public void healAll() {
    List.copyOf(active.keySet()).forEach(this::end);
    heal(cluster.links()::healAll);
    heal(clocks::healAll);
    processes.healAll(this::heal);
  }

  /** Whatever is left of a fault disturbs what the run is to prove after it. */
  private void heal(Runnable action) {
    String failure = attempt(action);
    if (failure != null) {
      unsettled("not everything was healed: " + failure);
    }
  }

  private void unsettled(String what) {
    recorder.fact(Operation.HARNESS, new Oracle(Oracle.UNSETTLED, Oracle.NEMESIS, what));
  }

  /**
   * Only of a role that stands for nobody until something has happened; how long it took, in ns.
   */
  private long awaitRole(Role role) {
    if (!(role instanceof Role.LoneLeader)) {
      return 0;
    }
    long fromNs = world.clock().nanos();
    world.await(ROLE_MS, () -> !roles.resolve(role).isEmpty());
    return world.clock().nanos() - fromNs;
  }

  private void begin(int index, ScheduledFault scheduled) {
    Strike strike = decide(index, scheduled);
    record(scheduled, strike.hit(), Nemesis.Edge.BEGIN, strike.error());
    String failure = attempt(scheduled, strike.apply());
    active.put(index, new Active(scheduled, strike, failure));
    if (scheduled.lengthMs() == 0) {
      end(index);
    }
  }

  private void end(int index) {
    Active ended = active.remove(index);
    if (ended == null) {
      return;
    }
    String failure = attempt(ended.strike.undo());
    String error = ended.failure == null ? failure : ended.failure;
    record(ended.scheduled, ended.strike.hit(), Nemesis.Edge.END, error);
  }

  private Strike decide(int index, ScheduledFault scheduled) {
    try {
      if (scheduled.fault() instanceof Fault.UncleanElection election) {
        return electUncleanly(new PartitionId(election.topic(), election.partition()));
      }
      List<String> whom = roles.resolve(scheduled.whom());
      return whom.isEmpty()
          ? Strike.none("nobody is " + scheduled.whom() + " now")
          : decide(index, scheduled.fault(), whom);
    } catch (RuntimeException e) {
      return Strike.none(e.toString());
    }
  }

  private Strike decide(int index, Fault fault, List<String> whom) {
    if (fault instanceof Fault.Administrative task) {
      return Strike.once(whom, () -> cluster.administer(task));
    }
    if (fault instanceof Fault.OfDisk disk) {
      return diskStrike(index, whom, disk);
    }
    if (fault instanceof Fault.OfClock clock) {
      return clocks.strike(index, whom, clock);
    }
    return switch (fault.kind()) {
      case KILL -> processes.kill(index, whom);
      case STOP -> processes.stop(index, whom);
      case PAUSE -> processes.pause(index, whom);
      case POWER_LOSS -> processes.losePower(index, whom);
      case PARTITION -> links.partition(index, whom, (Fault.Partition) fault);
      case HALVES -> links.halves(index, whom);
      case LATENCY -> links.latency(index, whom, (Fault.Latency) fault);
      case FREEZE -> links.freeze(index, whom, (Fault.Freeze) fault);
      case RESET -> links.reset(whom);
      case DROP_ANSWER, DELAY_ANSWER, DELAY_REQUEST, REFUSE ->
          links.interfere(index, whom, interference(fault));
      case UNCLEAN_ELECTION,
          PARTITION_INCREASE,
          RECORD_DELETION,
          TOPIC_RECREATION,
          PREFERRED_ELECTION,
          REASSIGNMENT,
          DISK_FAILURE,
          DISK_FULL,
          READ_ERROR,
          TORN_WRITE,
          BIT_FLIP,
          SLOW_DISK,
          DISK_LOSS,
          CLOCK_SKEW,
          CLOCK_JUMP,
          CLOCK_DRIFT ->
          throw new IllegalArgumentException("not a fault of a party: " + fault);
    };
  }

  /** A broker whose disk fails ends by itself; it is started again when the disk is healed. */
  private Strike diskStrike(int index, List<String> whom, Fault.OfDisk fault) {
    return switch (fault.kind()) {
      case TORN_WRITE, DISK_LOSS ->
          processes.loseDisk(index, whom, node -> cluster.damageDisk(node, fault));
      case BIT_FLIP ->
          Strike.once(whom, () -> whom.forEach(node -> cluster.damageDisk(node, fault)));
      default ->
          new Strike(
              whom,
              null,
              () -> whom.forEach(node -> cluster.damageDisk(node, fault)),
              () -> whom.forEach(this::healDisk));
    };
  }

  private void healDisk(String node) {
    cluster.healDisk(node);
    processes.startUnlessHeld(node);
  }

  private Strike electUncleanly(PartitionId partition) {
    List<String> candidate = roles.uncleanCandidate(partition);
    return candidate.isEmpty()
        ? Strike.none("no live replica of " + partition + " is out of sync")
        : Strike.once(candidate, () -> cluster.electUncleanly(partition));
  }

  private static Interference interference(Fault fault) {
    if (fault instanceof Fault.DropAnswer drop) {
      return new Interference.DropAnswer(drop.api(), drop.count());
    } else if (fault instanceof Fault.DelayAnswer delay) {
      return new Interference.DelayAnswer(delay.api(), delay.delayMs(), delay.count());
    } else if (fault instanceof Fault.DelayRequest delay) {
      return new Interference.DelayRequest(delay.api(), delay.delayMs(), delay.count());
    } else if (fault instanceof Fault.Refuse refuse) {
      return new Interference.Refuse(refuse.api(), refuse.error(), refuse.count());
    }
    throw new IllegalArgumentException("not a fault by API: " + fault);
  }

  private void record(ScheduledFault fault, List<String> hit, Nemesis.Edge edge, String error) {
    recorder.fact(Operation.HARNESS, new Nemesis(fault, List.copyOf(hit), edge, error));
  }

  /**
   * A fault that this world cannot do, or whose proxy cannot be reached, leaves a run that was not
   * what its schedule says.
   */
  private String attempt(ScheduledFault scheduled, Runnable action) {
    try {
      action.run();
      return null;
    } catch (UnsupportedOperationException | UncheckedIOException e) {
      unsettled(scheduled.fault().kind().id() + " was not done: " + e.getMessage());
      return e.toString();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /** Runs the action; what it throws becomes text. */
  private String attempt(Runnable action) {
    try {
      action.run();
      return null;
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private void sleepUntil(long timeNs) {
    long remainingNs = timeNs - world.clock().nanos();
    if (remainingNs > 0) {
      world.sleep((remainingNs + NANOS_PER_MS - 1) / NANOS_PER_MS);
    }
  }

  private static List<Turn> turns(List<ScheduledFault> schedule) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < schedule.size(); i++) {
      ScheduledFault fault = schedule.get(i);
      turns.add(new Turn(fault.atMs(), false, i));
      if (fault.lengthMs() > 0) {
        turns.add(new Turn(fault.atMs() + fault.lengthMs(), true, i));
      }
    }
    turns.sort(
        Comparator.comparingLong(Turn::atMs)
            .thenComparing(Turn::ends, Comparator.reverseOrder())
            .thenComparingInt(Turn::index));
    return turns;
  }

  private record Turn(long atMs, boolean ends, int index) {}

  private record Active(ScheduledFault scheduled, Strike strike, String failure) {}
}
