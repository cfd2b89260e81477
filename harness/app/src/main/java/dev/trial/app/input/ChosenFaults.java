package dev.trial.app.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.core.fault.FaultJson;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What {@code --faults} means: names of schedules or families, or a file of faults as in {@code
 * spec.json}.
 *
 * @param names what they are called; of a file, its name and the checksum of what it says
 * @param own the faults of the file; null where names are given
 */
public record ChosenFaults(List<String> names, List<ScheduledFault> own) {
  private static final String FILE = ".json";

  /** What somebody typed; whether the names are any is for others to say. */
  public static ChosenFaults of(List<String> typed) {
    boolean file = typed.stream().anyMatch(each -> each.endsWith(FILE));
    if (!file) {
      return new ChosenFaults(typed, null);
    }
    if (typed.size() > 1) {
      throw new UsageException("--faults " + String.join(",", typed) + ": a file stands alone");
    }
    return read(typed.get(0));
  }

  private static ChosenFaults read(String name) {
    String text = text(name);
    JsonNode tree = ReadableJson.parse(text, name);
    if (!tree.isArray()) {
      throw new JsonFormatException(name, "expected an array of faults, as in spec.json");
    }
    List<ScheduledFault> faults = new ArrayList<>();
    for (JsonNode each : tree) {
      faults.add(FaultJson.read(each, name + "[" + faults.size() + "]"));
    }
    CRC32C checksum = new CRC32C();
    checksum.update(tree.toString().getBytes(StandardCharsets.UTF_8));
    String file = Path.of(name).getFileName().toString();
    return new ChosenFaults(
        List.of(
            file.substring(0, file.length() - FILE.length())
                + String.format("-%08x", checksum.getValue())),
        faults);
  }

  private static String text(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (InvalidPathException invalid) {
      throw new UsageException("--faults " + name + ": is no name of a file here");
    } catch (IOException e) {
      throw new UsageException("--faults " + name + ": cannot be read: " + FileProblem.reason(e));
    }
  }

  /** Refuses a fault that would begin when the load is over. */
  public void check(long loadMs) {
    for (int i = 0; own != null && i < own.size(); i++) {
      long atMs = own.get(i).atMs();
      if (atMs > loadMs) {
        throw new UsageException(
            "--faults: [" + i + "].at_ms is " + atMs + ", after the load of " + loadMs + " ms");
      }
    }
  }
}
