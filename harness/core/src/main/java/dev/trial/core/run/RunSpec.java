package dev.trial.core.run;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.profile.Profile;
import java.util.List;

/**
 * Everything that determines a run. In simulation the same spec gives the same history, byte for
 * byte.
 *
 * @param claim the claim on trial, and which half of it; null for a free run
 * @param workload id of the workload
 * @param profile settings under trial
 * @param target sim, reference, kafka:VERSION, …
 * @param client version of kafka-clients
 * @param seed the only source of randomness
 * @param loadMs length of the load phase
 * @param faults the fault schedule, as generated or as edited
 * @param mutants ids of the defects switched on in the reference cluster
 */
public record RunSpec(
    ClaimName claim,
    String workload,
    Parameters parameters,
    Profile profile,
    String target,
    String client,
    long seed,
    long loadMs,
    List<ScheduledFault> faults,
    List<String> mutants) {
  /** The target of simulated runs. */
  public static final String SIMULATION = "sim";

  public RunSpec {
    faults = List.copyOf(faults);
    mutants = List.copyOf(mutants);
  }

  /** True if time is virtual: only such a run can be held again byte for byte. */
  public boolean simulated() {
    return target.equals(SIMULATION);
  }

  /** This spec with another fault schedule. */
  public RunSpec withFaults(List<ScheduledFault> schedule) {
    return new RunSpec(
        claim, workload, parameters, profile, target, client, seed, loadMs, schedule, mutants);
  }

  /** This spec with other settings. */
  public RunSpec withProfile(Profile settings) {
    return new RunSpec(
        claim, workload, parameters, settings, target, client, seed, loadMs, faults, mutants);
  }

  /** This spec with other parameters of the workload. */
  public RunSpec withParameters(Parameters others) {
    return new RunSpec(
        claim, workload, others, profile, target, client, seed, loadMs, faults, mutants);
  }

  /** This spec in another world. */
  public RunSpec withTarget(String world) {
    return new RunSpec(
        claim, workload, parameters, profile, world, client, seed, loadMs, faults, mutants);
  }

  /** This spec with clients of another version. */
  public RunSpec withClient(String version) {
    return new RunSpec(
        claim, workload, parameters, profile, target, version, seed, loadMs, faults, mutants);
  }

  /** This spec with another seed. */
  public RunSpec withSeed(long other) {
    return new RunSpec(
        claim, workload, parameters, profile, target, client, other, loadMs, faults, mutants);
  }

  /** This spec with another length of the load. */
  public RunSpec withLoadMs(long ms) {
    return new RunSpec(
        claim, workload, parameters, profile, target, client, seed, ms, faults, mutants);
  }

  /** This spec with other defects switched on. */
  public RunSpec withMutants(List<String> on) {
    return new RunSpec(
        claim, workload, parameters, profile, target, client, seed, loadMs, faults, on);
  }
}
