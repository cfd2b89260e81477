package dev.trial.results.report;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import java.util.Locale;

/** Faults and roles in a few words. */
public final class FaultText {

  private FaultText() {}

  /** What goes wrong. */
  public static String of(Fault fault) {
    String kind = fault.kind().id().replace('-', ' ');
    if (fault instanceof Fault.Partition cut) {
      return kind + " from " + side(cut.side()) + ", " + way(cut.direction());
    }
    if (fault instanceof Fault.Latency slow) {
      return kind + " " + slow.delayMs() + " ms ± " + slow.jitterMs();
    }
    if (fault instanceof Fault.OfDisk || fault instanceof Fault.OfClock) {
      return kind + amount(fault);
    }
    if (fault instanceof Fault.Freeze freeze) {
      return kind + " with " + freeze.bufferBytes() + " bytes of socket buffer";
    }
    if (fault instanceof Fault.DropAnswer drop) {
      return kind + " to " + drop.api() + times(drop.count());
    }
    if (fault instanceof Fault.DelayAnswer delay) {
      return kind + " to " + delay.api() + " by " + delay.delayMs() + " ms" + times(delay.count());
    }
    if (fault instanceof Fault.DelayRequest delay) {
      return kind + " " + delay.api() + " by " + delay.delayMs() + " ms" + times(delay.count());
    }
    if (fault instanceof Fault.Refuse refuse) {
      return kind + " " + refuse.api() + " with " + refuse.error() + times(refuse.count());
    }
    if (fault instanceof Fault.PartitionIncrease increase) {
      return kind + " of " + increase.topic() + " by " + increase.count();
    }
    if (fault instanceof Fault.Administrative) {
      return kind + " of " + subject(fault);
    }
    return kind;
  }

  private static String amount(Fault fault) {
    if (fault instanceof Fault.SlowDisk slow) {
      return " by " + slow.delayMs() + " to " + (slow.delayMs() + slow.jitterMs()) + " ms a call";
    }
    if (fault instanceof Fault.ClockSkew skew) {
      return " of " + skew.offsetMs() + " ms";
    }
    if (fault instanceof Fault.ClockJump jump) {
      return " by " + jump.offsetMs() + " ms";
    }
    return fault instanceof Fault.ClockDrift drift ? " of " + drift.ppm() + " ppm" : "";
  }

  private static String subject(Fault fault) {
    if (fault instanceof Fault.RecordDeletion deletion) {
      return deletion.topic() + "-" + deletion.partition();
    }
    if (fault instanceof Fault.PreferredElection election) {
      return election.topic() + "-" + election.partition();
    }
    if (fault instanceof Fault.Reassignment moved) {
      return moved.topic() + "-" + moved.partition();
    }
    return fault instanceof Fault.TopicRecreation again ? again.topic() : "a topic";
  }

  /** Whom it hits. */
  public static String of(Role role) {
    if (role instanceof Role.Leader leader) {
      return "leader of " + leader.topic() + "-" + leader.partition();
    }
    if (role instanceof Role.LoneLeader leader) {
      return "leader of " + leader.topic() + "-" + leader.partition() + ", alone in sync";
    }
    if (role instanceof Role.Follower follower) {
      return (follower.inSync() ? "in-sync" : "out-of-sync")
          + " follower of "
          + follower.topic()
          + "-"
          + follower.partition();
    }
    if (role instanceof Role.Followers followers) {
      return "followers of " + followers.topic() + "-" + followers.partition();
    }
    if (role instanceof Role.InSyncReplicas replicas) {
      return "in-sync replicas of " + replicas.topic() + "-" + replicas.partition();
    }
    if (role instanceof Role.GroupCoordinator coordinator) {
      return "coordinator of group " + coordinator.group();
    }
    if (role instanceof Role.TransactionCoordinator coordinator) {
      return "coordinator of transactions " + coordinator.transactionalId();
    }
    if (role instanceof Role.Broker broker) {
      return "broker " + broker.id();
    }
    if (role instanceof Role.Client client) {
      return "client " + client.name();
    }
    if (role instanceof Role.Controller) {
      return "active controller";
    }
    return role instanceof Role.AllBrokers ? "every broker" : "every client";
  }

  private static String side(Fault.Side side) {
    return side == Fault.Side.ALL ? "everybody" : lower(side);
  }

  private static String way(Fault.Direction direction) {
    return direction == Fault.Direction.BOTH ? "both ways" : lower(direction);
  }

  private static String times(int count) {
    return count == 1
        ? ", once"
        : count == Integer.MAX_VALUE ? ", always" : ", " + count + " times";
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
