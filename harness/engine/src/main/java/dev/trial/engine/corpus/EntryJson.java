package dev.trial.engine.corpus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.RunSpecJson;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.campaign.SpecCheck;
import dev.trial.engine.shrink.Sign;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * An entry as a file: a spec, as {@code trial replay} and {@code trial shrink} take it, and what it
 * showed.
 */
final class EntryJson {
  private static final int VERSION = 1;

  private EntryJson() {}

  static String print(Entry entry) {
    ObjectNode file = RunSpecJson.write(entry.spec());
    file.putObject(RunSpecJson.FOUND)
        .put("version", VERSION)
        .put("kind", entry.sign().kind().id())
        .put("cause", entry.sign().cause().id())
        .put("about", entry.about())
        .put("sentence", entry.sentence())
        .put("state", StrictObject.idOf(entry.state()))
        .put("first_seen", entry.firstSeen().toString())
        .put("last_seen", entry.lastSeen().toString());
    return ReadableJson.print(file);
  }

  static Entry parse(String text, String place) {
    StrictObject file = StrictObject.of(ReadableJson.parse(text, place), place);
    RunSpec spec = RunSpecJson.read(file);
    SpecCheck.check(spec, place);
    StrictObject found = file.object(RunSpecJson.FOUND);
    long version = found.number("version");
    if (version != VERSION) {
      throw found.problem("is of form " + version + "; this trial reads form " + VERSION);
    }
    found.allow(
        "version", "kind", "cause", "about", "sentence", "state", "first_seen", "last_seen");
    return new Entry(
        new Sign(found.choice("kind", AnomalyKind.class), found.choice("cause", Cause.class)),
        found.text("about"),
        found.text("sentence"),
        found.choice("state", State.class),
        day(found, "first_seen"),
        day(found, "last_seen"),
        spec);
  }

  private static LocalDate day(StrictObject found, String field) {
    String text = found.text(field);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException noDay) {
      throw found.problem("'" + field + "' is no day such as 2026-01-31: '" + text + "'");
    }
  }
}
