package dev.trial.app.command;

import dev.trial.containers.ContainersException;
import dev.trial.core.input.MissingMeansException;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.Nearest;
import dev.trial.core.json.OneLine;
import dev.trial.engine.work.MachineFailure;
import dev.trial.results.store.StoreException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The top of the command line. */
@Command(
    name = "trial",
    description = "Puts Apache Kafka, its clients and your Kafka settings on trial.",
    mixinStandardHelpOptions = true,
    version = "trial 0.1.0",
    subcommands = {
      RunCommand.class,
      ReplayCommand.class,
      ShrinkCommand.class,
      NightlyCommand.class,
      MergeCommand.class,
      CompareCommand.class,
      ClientsCommand.class,
      CheckCommand.class,
      ExportCommand.class,
      ReportCommand.class,
      MutantsCommand.class,
      DefaultsCommand.class,
      BenchCommand.class,
      ClusterCommand.class,
      DoctorCommand.class,
      CatalogueCommands.ClaimsCommand.class,
      CatalogueCommands.WorkloadsCommand.class,
      CatalogueCommands.FaultsCommand.class,
      CatalogueCommands.ProfilesCommand.class,
      AnomaliesCommand.class,
      CatalogueCommands.TargetsCommand.class
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OF_AS_EXPECTED,
      ExitCode.OF_FINDING,
      ExitCode.OF_UNKNOWN,
      ExitCode.OF_USAGE,
      ExitCode.OF_HARNESS_ERROR
    },
    footer = {"", "Begin with:  ./trial run      the core claims, in simulation, in a minute"})
public final class TrialCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command line; returns its exit code. */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new TrialCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(TrialCommand::badArguments);
    line.setExecutionExceptionHandler((failure, command, result) -> failed(failure, command));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError full) {
      line.getErr().println("trial: " + FullHeap.after("this cannot be done in it"));
      return ExitCode.HARNESS_ERROR;
    } catch (LinkageError unusable) {
      String told = MachineFailure.of(unusable).orElseThrow(() -> unusable);
      line.getErr().println("trial: " + OneLine.of(told));
      return ExitCode.HARNESS_ERROR;
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int badArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String message =
        problem instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().get(0), command)
            : problem.getMessage();
    command
        .getErr()
        .println("trial: " + OneLine.of(message) + "; see " + spec(command) + " --help");
    return ExitCode.USAGE;
  }

  private static Optional<String> means(Exception failure) {
    boolean told =
        failure instanceof MissingMeansException
            || failure instanceof StoreException
            || failure instanceof ContainersException;
    return told ? Optional.of(failure.getMessage()) : MachineFailure.of(failure);
  }

  private static String spec(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  /** What follows an unknown option belongs to it: the first is what is wrong. */
  private static String unknown(String typed, CommandLine command) {
    if (typed.startsWith("-")) {
      String option = typed.replaceFirst("=.*", "");
      String near =
          Nearest.to(option, command.getCommandSpec().optionsMap().keySet())
              .map(Nearest::question)
              .orElse("");
      return "unknown option '" + option + "'" + near;
    }
    if (command.getParent() != null) {
      return spec(command) + " takes no '" + typed + "' here";
    }
    String near =
        Nearest.to(typed, command.getSubcommands().keySet()).map(Nearest::question).orElse("");
    return "unknown command '" + typed + "'" + near;
  }

  /** Only what speaks of the user's input is the user's fault; any other exception is ours. */
  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof UsageException || failure instanceof JsonFormatException) {
      command.getErr().println("trial: " + OneLine.of(failure.getMessage()));
      return ExitCode.USAGE;
    }
    Optional<String> means = means(failure);
    if (means.isPresent()) {
      command.getErr().println("trial: " + OneLine.of(means.get()));
      return ExitCode.HARNESS_ERROR;
    }
    command.getErr().println("trial: the harness failed: " + failure);
    failure.printStackTrace(command.getErr());
    return ExitCode.HARNESS_ERROR;
  }
}
