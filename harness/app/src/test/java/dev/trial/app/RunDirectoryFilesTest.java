package dev.trial.app;

import static dev.trial.app.Said.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run directory with a damaged file in it: the file and the place are named in one line. */
class RunDirectoryFilesTest {
  private static final String NOTE =
      "{\"i\":0,\"t\":1,\"p\":-1,\"s\":\"info\",\"f\":\"note\",\"text\":\"x\"}\n";

  @TempDir private Path run;

  @BeforeEach
  void aRun() throws IOException {
    SpecText.write(run, SpecText.plain());
    Files.writeString(run.resolve("history.jsonl"), NOTE);
  }

  @Test
  void aVerdictThatIsNoObjectIsNamed() throws IOException {
    Files.writeString(run.resolve("verdict.json"), "[]");
    trial("replay", run).refused("verdict.json: expected an object");
    trial("report", run).refused("verdict.json: expected an object");
  }

  @Test
  void aVerdictThatWasCutOffIsNamedWithItsPlace() throws IOException {
    Files.writeString(run.resolve("verdict.json"), "{\n  \"run\" : \"free_sim_3\",\n  \"cl");
    trial("replay", run).refused("verdict.json:3:");
    trial("report", run).refused("verdict.json:3:");
    Files.writeString(run.resolve("verdict.json"), "");
    trial("report", run).refused("verdict.json: is empty");
  }

  @Test
  void aSpecThatIsNotTextIsNamed() throws IOException {
    byte[] bytes = SpecText.plain().toString().getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length / 2] = (byte) 0xff;
    Files.write(run.resolve("spec.json"), bytes);
    trial("replay", run).refused("spec.json: is not UTF-8");
    trial("check", run).refused("spec.json: is not UTF-8");
  }
}
