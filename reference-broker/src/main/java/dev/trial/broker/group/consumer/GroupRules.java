package dev.trial.broker.group.consumer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.GroupEpoch;
import dev.trial.broker.metadata.MetadataImage;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * What becomes of a group by an event (KIP-848; the consumerGroup methods of Kafka's
 * GroupMetadataManager). A heartbeat has three steps: the member is created or updated, and the
 * group's epoch is bumped if subscriptions or topics changed; the target is computed for that
 * epoch; the member moves towards its part of it.
 */
public final class GroupRules {
  private final Settings settings;
  private final SubscribedTopicsNow topics;
  private final Admission admission;
  private final ClassicRules classic;
  private final Defects defects;

  /**
   * @param image the newest metadata
   */
  public GroupRules(Settings settings, Supplier<MetadataImage> image, Defects defects) {
    this.settings = settings;
    this.topics = () -> new SubscribedTopics(image.get());
    this.admission = new Admission(settings.maxSize(), defects);
    this.classic = new ClassicRules(admission);
    this.defects = defects;
  }

  /**
   * What the coordinator was told to do.
   *
   * @param assignmentIntervalMs a target is kept at least so long (KIP-1263)
   * @param maxSize members a group may have
   */
  public record Settings(Assignors assignors, int assignmentIntervalMs, int maxSize) {}

  @FunctionalInterface
  private interface SubscribedTopicsNow {
    SubscribedTopics get();
  }

  /**
   * What a heartbeat does.
   *
   * @param memberEpoch the epoch that the member is told
   * @param assignment what the member is told to own; null if it is told nothing
   */
  public record Outcome(
      ConsumerGroup group, String memberId, int memberEpoch, SortedSet<IdPartition> assignment) {}

  /** A heartbeat of a member that is in the group or joins it. */
  public Outcome heartbeat(ConsumerGroup group, Heartbeat beat, long nowMs) throws Refused {
    Admission.Admitted admitted = admission.admit(group, beat);
    if (admitted.ghost()) {
      return new Outcome(group, beat.memberId(), beat.epoch(), null);
    }
    Subscription told = beat.update(admitted.member().subscription());
    checkRegex(told);
    return advanced(admitted, told, beat.owned(), beat.joins() || beat.full(), nowMs);
  }

  /** A JoinGroup of a member of the classic protocol; its epoch is its generation. */
  public Outcome join(ConsumerGroup group, ClassicJoin join, long nowMs) throws Refused {
    Admission.Admitted admitted = admission.admit(group, join);
    Subscription told = join.update(admitted.member().subscription());
    return advanced(admitted, told, join.owned(), true, nowMs);
  }

  /** What else members of the classic protocol may ask. */
  public ClassicRules classic() {
    return classic;
  }

  /** The group with the hash of the topics that its members subscribe to. */
  public ConsumerGroup hashed(ConsumerGroup group) {
    return group.with(new GroupEpoch(group.epoch(), topics.get().hash(topics.get().of(group))));
  }

  /**
   * The three steps.
   *
   * @param owned what the member says it owns, null if it says nothing
   * @param asks true if the member is told its assignment also where it is as before
   */
  private Outcome advanced(
      Admission.Admitted admitted,
      Subscription told,
      SortedSet<IdPartition> owned,
      boolean asks,
      long nowMs) {
    ConsumerMember known = admitted.member();
    boolean changed = differ(told, known.subscription());
    ConsumerMember member = known.with(told);
    ConsumerGroup next = refreshed(admitted.group().with(member), changed);
    if (next.assignmentEpoch() < next.epoch() && mayCompute(next, nowMs)) {
      next = new TargetAssignment(settings.assignors(), topics.get()).computed(next, nowMs);
    }
    CurrentAssignment current = reconciled(next, member, owned, changed);
    boolean tells = asks || !current.assigned().equals(known.current().assigned());
    return new Outcome(
        next.with(member.with(current)),
        member.id(),
        current.epoch(),
        tells ? new TreeSet<>(current.assigned().keySet()) : null);
  }

  /** The pattern is one of RE2, which matches in linear time whatever a member asks for. */
  private static void checkRegex(Subscription told) throws Refused {
    if (!told.hasRegex()) {
      return;
    }
    try {
      Pattern.compile(told.regex());
    } catch (PatternSyntaxException error) {
      throw new Refused(
          Errors.INVALID_REGULAR_EXPRESSION,
          "SubscribedTopicRegex `"
              + told.regex()
              + "` is not a valid regular expression: "
              + error.getDescription()
              + ".");
    }
  }

  private static boolean differ(Subscription one, Subscription other) {
    return !one.topics().equals(other.topics()) || !one.regex().equals(other.regex());
  }

  /** The epoch is bumped when subscriptions changed or topics are not what they were. */
  private ConsumerGroup refreshed(ConsumerGroup group, boolean subscriptionChanged) {
    long hash = topics.get().hash(topics.get().of(group));
    return subscriptionChanged || hash != group.groupEpoch().metadataHash()
        ? group.with(new GroupEpoch(group.epoch() + 1, hash))
        : group;
  }

  private boolean mayCompute(ConsumerGroup group, long nowMs) {
    long computedMs = group.targetEpoch().computedEpochMs();
    return computedMs == 0
        || settings.assignmentIntervalMs() == 0
        || nowMs >= computedMs + settings.assignmentIntervalMs();
  }

  private CurrentAssignment reconciled(
      ConsumerGroup group,
      ConsumerMember member,
      SortedSet<IdPartition> owned,
      boolean subscriptionChanged) {
    if (!subscriptionChanged && member.current().reconciledTo(group.assignmentEpoch())) {
      return member.current();
    }
    SortedSet<Uuid> subscribed =
        new TreeSet<>(
            topics.get().partitionCounts(topics.get().of(member.subscription())).keySet());
    return new Reconciliation(
            member,
            group.assignmentEpoch(),
            group.targetOf(member.id()),
            subscribed,
            subscriptionChanged,
            owned,
            group::owned,
            defects)
        .next();
  }

  // ---- leaving

  /** A member says that it leaves: for good, or as a static member for a while. */
  public ConsumerGroup leave(ConsumerGroup group, Heartbeat beat) throws Refused {
    if (beat.instanceId() == null) {
      return without(group, admission.known(group, beat.memberId()).id());
    }
    ConsumerMember member = admission.knownStatic(group, beat.memberId(), beat.instanceId());
    return beat.epoch() == Heartbeat.LEAVES_FOR_A_WHILE
        ? group.with(member.with(away(member.current())))
        : without(group, member.id());
  }

  /** It keeps what it owns, as if it had it from the beginning, for who comes back in its name. */
  private static CurrentAssignment away(CurrentAssignment current) {
    SortedMap<IdPartition, Integer> kept = new TreeMap<>(current.assigned());
    kept.replaceAll((partition, since) -> 0);
    return new CurrentAssignment(
        Heartbeat.LEAVES_FOR_A_WHILE,
        current.previousEpoch(),
        current.state(),
        kept,
        new TreeMap<>());
  }

  /**
   * An administrator removes a member, by its id or, with an empty one, by its instance id. The
   * group's epoch stays until {@link #left} is called, once for all that are removed.
   */
  public ConsumerGroup remove(ConsumerGroup group, String memberId, String instanceId)
      throws Refused {
    if (instanceId == null) {
      return group.without(admission.known(group, memberId).id());
    }
    ConsumerMember member =
        memberId.isEmpty()
            ? admission.ofInstance(group, instanceId)
            : admission.knownStatic(group, memberId, instanceId);
    return group.without(member.id());
  }

  /** The group in a new epoch if members of it are gone. */
  public ConsumerGroup left(ConsumerGroup before, ConsumerGroup rest) {
    return before.members().size() == rest.members().size()
        ? rest
        : rest.with(new GroupEpoch(before.epoch() + 1, topics.get().hash(topics.get().of(rest))));
  }

  /** A member is gone: left, expired, or too slow to give up partitions. */
  public ConsumerGroup without(ConsumerGroup group, String memberId) {
    return left(group, group.without(memberId));
  }
}
