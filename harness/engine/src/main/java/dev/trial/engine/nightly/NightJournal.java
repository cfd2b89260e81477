package dev.trial.engine.nightly;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.results.store.LineFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@code journal.jsonl}, all that a campaign knows: its plan, a line for each run that is over, and
 * a last line once it is done. What is not in it did not happen.
 */
public final class NightJournal implements AutoCloseable {
  /** The name of the file. */
  public static final String FILE = "journal.jsonl";

  private static final String DONE = "done";

  private final LineFile file;

  private NightJournal(LineFile file) {
    this.file = file;
  }

  /**
   * What a journal says.
   *
   * @param done whether its campaign came to its end
   */
  public record Content(NightPlan plan, boolean done) {}

  /** A new one, in a directory that has none. */
  static NightJournal begin(Path directory, NightPlan plan) {
    NightJournal journal = new NightJournal(LineFile.append(directory.resolve(FILE)));
    journal.file.add(plan.toJson().toString());
    return journal;
  }

  /** One that was not finished. */
  static NightJournal resume(Path directory) {
    return new NightJournal(LineFile.append(directory.resolve(FILE)));
  }

  /** True if the directory has one with a plan in it. */
  static boolean isIn(Path directory) {
    return LineFile.hasLines(directory.resolve(FILE));
  }

  /** Reads the journal of a directory; {@code each} sees every run, in the order they ended. */
  public static Content read(Path directory, Consumer<NightRun> each) {
    Reading reading = new Reading(directory.resolve(FILE), each);
    LineFile.read(reading.path, reading::line);
    if (reading.plan == null) {
      throw new JsonFormatException(reading.path.toString(), "is empty: no campaign began in it");
    }
    return new Content(reading.plan, reading.done);
  }

  private static final class Reading {
    private final Path path;
    private final Consumer<NightRun> each;
    private NightPlan plan;
    private boolean done;
    private int number;

    Reading(Path path, Consumer<NightRun> each) {
      this.path = path;
      this.each = each;
    }

    void line(String text) {
      number++;
      String place = path + ":" + number;
      StrictObject line = StrictObject.of(ReadableJson.parse(text, place), place);
      if (plan == null) {
        plan = NightPlan.read(line);
      } else if (line.has(DONE)) {
        done = true;
      } else {
        each.accept(NightRunJson.read(line));
      }
    }
  }

  void add(NightRun run) {
    file.add(NightRunJson.write(run).toString());
  }

  void end() {
    file.add(JsonNodeFactory.instance.objectNode().put(DONE, true).toString());
  }

  @Override
  public void close() {
    file.close();
  }
}
