package dev.trial.core.run;

/**
 * How long the phases around the load may take, in the world's own time.
 *
 * @param atWorkMs clients that are there from the start get so long to be at work before the first
 *     fault; 0 where they are at once
 * @param healMs until every node is up and every in-sync set is full again
 * @param proofMs how long clients go on after healing, to show that they make progress
 * @param finishMs until producers have their last answer
 * @param quietMs consumers count as drained when all have their partitions, none is busy and
 *     nothing was delivered for so long
 * @param evictMs a member that died holds on to its partitions for no longer
 * @param joinMs consumers that still have no partitions are waited for so long, and dead members,
 *     too; whether they should have got some is for a checker to say. It is shorter than a
 *     JoinGroup may take: that to a machine which lost its power is waited for by its client for
 *     max.poll.interval.ms and five seconds
 * @param drainMs after that, until nothing must be delivered any more
 * @param closeMs until they must have closed
 * @param readMs until the final read must be complete
 */
public record PhaseTimes(
    long atWorkMs,
    long healMs,
    long proofMs,
    long finishMs,
    long quietMs,
    long evictMs,
    long joinMs,
    long drainMs,
    long closeMs,
    long readMs) {

  /** The same where a group keeps a silent member for so long; others hear of it by a heartbeat. */
  public PhaseTimes evicting(long sessionMs) {
    return new PhaseTimes(
        atWorkMs,
        healMs,
        proofMs,
        finishMs,
        quietMs,
        sessionMs + sessionMs / 2,
        joinMs,
        drainMs,
        closeMs,
        readMs);
  }

  /** For simulation, where time costs nothing. */
  public static final PhaseTimes SIMULATED =
      new PhaseTimes(0, 60_000, 3_000, 180_000, 2_500, 9_000, 30_000, 120_000, 60_000, 120_000);

  /** For real time. */
  public static final PhaseTimes LIVE =
      new PhaseTimes(20_000, 90_000, 2_000, 150_000, 3_000, 9_000, 45_000, 90_000, 40_000, 60_000);
}
