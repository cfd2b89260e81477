package dev.trial.app.command;

import dev.trial.app.input.ChosenFaults;
import dev.trial.app.input.ChosenProfile;
import dev.trial.app.input.WorkloadParameters;
import dev.trial.claims.Claim;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedProfiles;
import dev.trial.claims.OwnProfile;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.input.FileNames;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.Parameters;
import dev.trial.engine.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a free run is made of, as options. */
final class FreeOptions {
  @Option(names = "--workload", paramLabel = "W", description = "a free run of this workload")
  private String workload;

  @Option(
      names = "--faults",
      paramLabel = "F",
      split = ",",
      description =
          "schedule or fault families of a free run, or a file: a JSON array of faults as in"
              + " spec.json (default: swarm)")
  private List<String> faults;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "settings of a free run: a profile's name, or a file of settings (docs/profiles.md)")
  private String profile;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "a parameter of a free run's workload, such as producers=3")
  private List<String> parameters = List.of();

  private ChosenFaults chosen;

  /** True if a free run is asked for. */
  boolean given() {
    return workload != null;
  }

  /** Refuses what only a free run takes. */
  void refuseWithout(String otherwise) {
    WorkloadParameters.of(parameters);
    refuse("--profile", profile != null, otherwise + " the settings it speaks of");
    refuse("--faults", faults != null, otherwise + " the faults it speaks of");
    refuse("--param", !parameters.isEmpty(), otherwise + " its workload's parameters");
  }

  private static void refuse(String option, boolean given, String reason) {
    if (given) {
      throw new UsageException(option + " goes with --workload: " + reason);
    }
  }

  /** The profile that was chosen; what was left out of its file is told. */
  OwnProfile own() {
    return ChosenProfile.of(settings());
  }

  /** The free run as a claim. */
  Claim claim(OwnProfile own, String client) {
    Parameters told = WorkloadParameters.of(parameters);
    chosen = ChosenFaults.of(faults == null ? List.of("swarm") : faults);
    return chosen.own() == null
        ? FreeRun.of(workload, told, chosen.names(), own.profile(), client)
        : FreeRun.under(chosen.own(), workload, told, own.profile(), client);
  }

  /** The faults that were written down; null where they are drawn. */
  List<ScheduledFault> faults(long loadMs) {
    if (chosen == null || chosen.own() == null) {
      return null;
    }
    chosen.check(loadMs);
    return chosen.own();
  }

  /** What the settings are called. */
  String profileName() {
    return NamedProfiles.nameOf(settings());
  }

  /** All that tells this free run from another. */
  List<String> nameParts() {
    List<String> parts =
        new ArrayList<>(FreeRun.nameParts(workload, chosen.names(), profileName()));
    if (!parameters.isEmpty()) {
      parts.add(FileNames.part(String.join("+", parameters)));
    }
    return parts;
  }

  private String settings() {
    return profile == null ? "default" : profile;
  }

  /** Which version of kafka-clients: the one that was chosen, or that the profile is about. */
  static String client(OwnProfile own, String chosen) {
    return own.clientUnless(chosen, Targets.DEFAULT_CLIENT);
  }
}
