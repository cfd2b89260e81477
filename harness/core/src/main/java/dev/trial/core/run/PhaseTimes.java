package dev.trial.core.run;

/**
 * How long the phases around the load may take, in the world's own time.
 *
 * @param atWorkMs clients that are there from the start get so long to be at work before the first
 *     fault; 0 where they are at once
 * @param healMs until every node is up and every in-sync set is full again
 * @param proofMs how long clients go on after healing, to show that they make progress
 * @param finishMs until producers have their last answer
 * @param quietMs consumers count as drained when all have their partitions and nothing was
 *     delivered for so long
 * @param evictMs a member that died holds on to its partitions for no longer: its session, and a
 *     heartbeat by which the others hear of it
 * @param joinMs consumers without partitions are waited for so long; whether they should have got
 *     some is for a checker to say. A JoinGroup to a machine that lost its power is waited for by
 *     its client for max.poll.interval.ms and five seconds
 * @param drainMs until nothing must be delivered any more
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

  /** For simulation, where time costs nothing. */
  public static final PhaseTimes SIMULATED =
      new PhaseTimes(0, 60_000, 3_000, 180_000, 2_500, 9_000, 30_000, 120_000, 60_000, 120_000);

  /** For real time. */
  public static final PhaseTimes LIVE =
      new PhaseTimes(20_000, 90_000, 2_000, 150_000, 3_000, 9_000, 45_000, 90_000, 40_000, 60_000);
}
