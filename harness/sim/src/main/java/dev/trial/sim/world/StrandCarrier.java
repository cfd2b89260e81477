package dev.trial.sim.world;

/** How strands are carried by OS threads. */
interface StrandCarrier {

  /** Runs that strand and all that follow; returns when the run has ended. */
  void drive(SimStrand first);

  /**
   * Called on {@code self}: lets {@code next} run (nobody if null, the run has ended) and returns
   * when {@code self} is handed control again.
   */
  void handOver(SimStrand self, SimStrand next);

  /** Lets the strands of an ended run unwind, so that nothing of them stays behind. */
  void unwind();

  /** Called on a strand that unwinds, each time it is told to. */
  void unwinding(SimStrand strand);

  /** How many strands could not be unwound. */
  int abandoned();
}
