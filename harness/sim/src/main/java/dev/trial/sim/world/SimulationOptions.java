package dev.trial.sim.world;

/**
 * What a simulation is made from.
 *
 * @param seed the only source of randomness
 * @param latencyMinNs least one-way delay of a segment
 * @param latencyMaxNs greatest one-way delay of a segment without faults
 * @param sendBufferBytes a client socket's send buffer; 0 draws one of a few usual sizes
 * @param limitMs virtual time after which a run counts as stuck
 * @param carrier what carries strands
 * @param keepPrefixes whether the hash after each entry is kept, to find where two runs part
 * @param probe looks at some entries in words; null for none
 */
public record SimulationOptions(
    long seed,
    long latencyMinNs,
    long latencyMaxNs,
    int sendBufferBytes,
    long limitMs,
    Carrier carrier,
    boolean keepPrefixes,
    TraceProbe probe) {

  /** The usual options: 0.1 to 0.6 ms of one-way delay, two virtual hours at most. */
  public SimulationOptions(long seed) {
    this(seed, 100_000, 600_000, 0, 7_200_000, Carrier.AUTO, false, null);
  }

  /** These options with another carrier. */
  public SimulationOptions with(Carrier other) {
    return new SimulationOptions(
        seed, latencyMinNs, latencyMaxNs, sendBufferBytes, limitMs, other, keepPrefixes, probe);
  }

  /** These options with the hash kept after each entry. */
  public SimulationOptions withPrefixes() {
    return new SimulationOptions(
        seed, latencyMinNs, latencyMaxNs, sendBufferBytes, limitMs, carrier, true, probe);
  }

  /** These options with a probe on the trace. */
  public SimulationOptions with(TraceProbe other) {
    return new SimulationOptions(
        seed, latencyMinNs, latencyMaxNs, sendBufferBytes, limitMs, carrier, keepPrefixes, other);
  }

  /** These options with another range of one-way delays. */
  public SimulationOptions withLatency(long minNs, long maxNs) {
    return new SimulationOptions(
        seed, minNs, maxNs, sendBufferBytes, limitMs, carrier, keepPrefixes, probe);
  }

  /** These options with another send buffer. */
  public SimulationOptions withSendBuffer(int bytes) {
    return new SimulationOptions(
        seed, latencyMinNs, latencyMaxNs, bytes, limitMs, carrier, keepPrefixes, probe);
  }

  /** These options with another limit of virtual time. */
  public SimulationOptions withLimit(long otherLimitMs) {
    return new SimulationOptions(
        seed,
        latencyMinNs,
        latencyMaxNs,
        sendBufferBytes,
        otherLimitMs,
        carrier,
        keepPrefixes,
        probe);
  }

  /** What a strand runs on. The trace is the same on each. */
  public enum Carrier {
    /** Continuations where the JVM gives access to them, else threads. */
    AUTO,
    /** One platform thread per strand, one running at a time. */
    THREADS,
    /** jdk.internal.vm.Continuation: every strand on the caller's thread (JDK 21 and later). */
    CONTINUATIONS
  }
}
