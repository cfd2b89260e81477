package dev.trial.app.command;

import dev.trial.checkers.foreign.Format;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Which form a history is read as. */
final class FormatChoice {
  private static final int HEAD_BYTES = 4_096;

  private final Path history;
  private final String format;
  private final String model;

  /**
   * @param format what {@code --format} says; null if nothing
   * @param model what {@code --model} says; null if nothing
   */
  FormatChoice(Path history, String format, String model) {
    this.history = history;
    this.format = format;
    this.model = model;
  }

  /** What was asked for; where nothing was, what the file seems to be. */
  Format made() {
    Format form = form();
    if (model == null || model.equals(form.model())) {
      return form;
    }
    List<Format> fitting =
        Arrays.stream(Format.values()).filter(each -> each.model().equals(model)).toList();
    if (fitting.isEmpty()) {
      List<String> known = Arrays.stream(Format.values()).map(Format::model).distinct().toList();
      throw new UsageException(Nearest.explain("model", model, known));
    }
    if (format != null || Files.isDirectory(history)) {
      throw new UsageException(
          "--model " + model + ": a history of the form " + form.id() + " is of " + form.model());
    }
    // Two forms are of logs, and one of them is EDN.
    boolean edn = history.toString().endsWith(".edn");
    return edn && fitting.contains(Format.JEPSEN_KAFKA) ? Format.JEPSEN_KAFKA : fitting.get(0);
  }

  private Format form() {
    if (format == null) {
      return Files.isDirectory(history) ? Format.TRIAL : detect();
    }
    List<String> known = Arrays.stream(Format.values()).map(Format::id).toList();
    return Format.named(format)
        .orElseThrow(() -> new UsageException(Nearest.explain("format", format, known)));
  }

  /** What the file seems to be. */
  private Format detect() {
    try (InputStream in = Files.newInputStream(history)) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      Format seems = Format.of(head);
      boolean edn = seems == Format.TRIAL && history.toString().endsWith(".edn");
      return edn ? Format.JEPSEN_KAFKA : seems;
    } catch (IOException e) {
      throw new UsageException(history + ": cannot be read: " + FileProblem.reason(e));
    }
  }
}
