package dev.trial.app.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trial.app.bench.Stopwatch;
import dev.trial.app.bench.Stopwatch.Lapse;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.engine.targets.SimTarget;
import dev.trial.engine.targets.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon defects are seen by whoever has just started the command: each in a process of its own,
 * with the flags of this one, counted from its start, the virtual machine's own start included.
 */
public final class ColdDetection {
  private final String mainClass;
  private final List<MutantTrial> trials;

  /** Starts that class for each. */
  public ColdDetection(String mainClass, List<MutantTrial> trials) {
    this.mainClass = mainClass;
    this.trials = trials;
  }

  /** Runs all of it, one process at a time. */
  public DetectionFigures run() {
    List<Detection> detections = new ArrayList<>();
    for (MutantTrial trial : trials) {
      detections.add(new Detection(trial, List.of(inItsOwnProcess(trial))));
    }
    return DetectionFigures.of(detections, "nothing: a process of its own for each");
  }

  /** What this process has spent since its start when the defect was seen, as a line. */
  public static String here(MutantTrial trial) {
    try (SimTarget target = Targets.simulation(simulation -> {})) {
      FirstSight sight = DetectionBench.firstSight(target, trial, 1);
      Lapse lapse = Stopwatch.sinceTheStart();
      return new JsonMapper()
          .createObjectNode()
          .put("seen", sight.seen())
          .put("runs", sight.runs())
          .put("wall_ns", lapse.wallNs())
          .put("cpu_ns", lapse.cpuNs())
          .toString();
    }
  }

  private FirstSight inItsOwnProcess(MutantTrial trial) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of("bench", "--detection", "--here", trial.defect().id()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the process for " + trial.defect().id() + " failed");
      }
      JsonNode told = new JsonMapper().readTree(line);
      Lapse lapse = new Lapse(told.get("wall_ns").asLong(), told.get("cpu_ns").asLong());
      return new FirstSight(told.get("seen").asBoolean(), told.get("runs").asInt(), lapse);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", told);
    }
  }
}
