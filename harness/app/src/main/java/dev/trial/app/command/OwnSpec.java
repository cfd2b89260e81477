package dev.trial.app.command;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiments;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedClaims;
import dev.trial.core.input.FileNames;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.RunSpecJson;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.results.store.RunSummary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A spec that somebody wrote or changed, put on trial: by its claim, or as any free run is.
 *
 * @param name what it is called where it lies
 * @param claim the claim with the half that it is about
 */
record OwnSpec(String name, RunSpec spec, Claim claim) {

  /** Reads a spec, or that of a run directory. */
  static OwnSpec read(Path file) {
    StoredRun stored = StoredRun.ofSpec(file);
    return of(stored.name(), stored.spec());
  }

  private static OwnSpec of(String name, RunSpec spec) {
    Claim claim = free(spec) ? Experiments.claimOf(spec) : NamedClaims.of(spec.claim().toString());
    return new OwnSpec(name, spec, claim);
  }

  private static boolean free(RunSpec spec) {
    return spec.claim() == null || spec.claim().id().equals(FreeRun.ID);
  }

  /** What the command line says instead; null, or none, where it says nothing. */
  OwnSpec with(String target, String client, List<String> mutants) {
    RunSpec changed = target == null ? spec : spec.withTarget(target);
    changed = client == null ? changed : changed.withClient(client);
    return of(name, mutants.isEmpty() ? changed : changed.withMutants(mutants));
  }

  /** The same with a load of another length, which its faults have to fit into. */
  OwnSpec withLoadMs(long loadMs) {
    if (loadMs == 0) {
      return this;
    }
    spec.faults().stream()
        .filter(fault -> fault.atMs() > loadMs)
        .findFirst()
        .ifPresent(
            fault -> {
              throw new UsageException(
                  "--time: is over before a fault of the spec, at " + fault.atMs() + " ms");
            });
    return new OwnSpec(name, spec.withLoadMs(loadMs), claim);
  }

  /** What its runs are called: by what the spec says, so that a changed one is another. */
  String series() {
    CRC32C checksum = new CRC32C();
    checksum.update(RunSpecJson.print(spec).getBytes(StandardCharsets.UTF_8));
    return String.join(
        "_",
        "spec",
        FileNames.part(name),
        String.format("%08x", checksum.getValue()),
        FileNames.part(spec.target()));
  }

  /** The run with that seed. */
  RunRequest request(long seed) {
    RunSpec seeded = spec.withSeed(seed);
    String profile = free(spec) ? name : RunSummary.claim(spec);
    return new RunRequest(
        series() + "_" + seed, seeded, claim.halves().get(0), claim.sentence(), profile);
  }
}
